import fc from 'fast-check';

/** What breaks a property for all inputs shows within some of them; what does not, a test of its own must notice. */
fc.configureGlobal({ numRuns: 20 });
