export { compareVersions } from './facts/compare-versions.ts';
export { systemOf } from './facts/platform.ts';
export { presentDetails } from './present-details.ts';
export { readReport } from './read-report.ts';
export { referencesOf } from './references.ts';
export { findSecrets, redact, redactEvidence, redactText } from './secrets/index.ts';
