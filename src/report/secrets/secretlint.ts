// secretlint's recommended rules, each registered directly: the preset would also bring filter-comments, with
// which a comment in the report silences the search.
import { lintSource } from '@secretlint/core';
import { secretLintProfiler } from '@secretlint/profiler';
import { rules } from '@secretlint/secretlint-rule-preset-recommend';
import { isShortened } from './key-formats.ts';
import { isPlaceholder } from './plausibility.ts';
import type { SecretRegion } from './redact.ts';

// On by default, it keeps hundreds of timings of every report for ever: a server runs out of memory.
secretLintProfiler.setEnabled(false);

const filter = '@secretlint/secretlint-rule-filter-comments';
const options: Readonly<Record<string, object>> = {
  '@secretlint/secretlint-rule-aws': { enableIDScanRule: true },
};
const registered = rules
  .filter((rule) => rule.meta.id !== filter)
  .map((rule) => ({ id: rule.meta.id, rule, options: options[rule.meta.id] ?? {} }));

const types: Readonly<Record<string, string>> = {
  anthropic: 'anthropic-key',
  openai: 'openai-key',
  groq: 'groq-key',
  stripe: 'stripe-key',
  gcp: 'google-key',
  aws: 'aws-key',
  sendgrid: 'sendgrid-key',
  privatekey: 'private-key',
  basicauth: 'basic-auth',
  'database-connection-string': 'database-url',
};

/** No credentials by themselves, or judged by our own reading of their parts. */
const ignoredMessages = new Set([
  'AWSAccountID',
  'BasicAuth',
  'MongoDBConnection',
  'MySQLConnection',
  'PostgreSQLConnection',
  'PrivateKey',
]);

/**
 * GitHub takes no longer body. Some rules are slow on longer hostile texts, which our own formats still read.
 */
const maxLength = 65_536;

/**
 * Finds credentials by secretlint's rules. Reads nothing but the ranges of messages, which hold the
 * credential.
 */
export async function scanSecretlint(text: string): Promise<SecretRegion[]> {
  const { messages } = await lintSource({
    source: { filePath: 'report.md', content: text.slice(0, maxLength), ext: '.md', contentType: 'text' },
    options: { config: { rules: registered }, noPhysicFilePath: true },
  });
  return messages.flatMap(({ ruleId, messageId, range: [start, reported] }) => {
    // A range may end too early (the AWS rule counts from the name's start): on to the end of the word.
    const rest = /^[\w+/=-]{0,400}/.exec(text.slice(reported, reported + 400))?.[0].length ?? 0;
    const end = reported + rest;
    if (ignoredMessages.has(messageId) || isPlaceholder(text.slice(start, end)) || isShortened(text, end))
      return [];
    const name = ruleId.replace(/^.*secretlint-rule-/, '');
    return [{ start, end, type: types[name] ?? `${name}-token` }];
  });
}
