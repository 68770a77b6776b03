import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readEnvironment } from '../../src/process/environment.ts';

const { privateKey: pem } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});
const base64 = Buffer.from(pem).toString('base64');
const folder = mkdtempSync(join(tmpdir(), 'signpost-key-'));
const file = join(folder, 'app.pem');
writeFileSync(file, pem);
afterAll(() => rmSync(folder, { recursive: true }));

const rest = { APP_ID: '7', WEBHOOK_SECRET: 'a secret that is long enough' };

function keyOf(given: Readonly<Record<string, string>>): string {
  const read = readEnvironment({ ...rest, ...given });
  return 'environment' in read ? read.environment.privateKey : JSON.stringify(read.problems);
}

function complaintOf(given: Readonly<Record<string, string>>): string {
  const read = readEnvironment({ ...rest, ...given });
  return 'problems' in read ? read.problems.map((one) => `${one.variable} ${one.message}`).join('\n') : '';
}

describe('the private key of the App', () => {
  it.each([
    ['with its line breaks', { PRIVATE_KEY: pem }],
    ['with line breaks written out', { PRIVATE_KEY: pem.replaceAll('\n', '\\n') }],
    ['whose line breaks became blanks', { PRIVATE_KEY: pem.trim().replaceAll('\n', ' ') }],
    ['in base64', { PRIVATE_KEY: base64 }],
    ['in base64 of several lines', { PRIVATE_KEY: `${base64.replace(/.{76}/g, '$&\n')}\n` }],
    ['in a file', { PRIVATE_KEY_PATH: file }],
    ['in the variable before the file', { PRIVATE_KEY: pem, PRIVATE_KEY_PATH: '/nowhere.pem' }],
  ])('is read %s', (_, given) => {
    const same = createPrivateKey(keyOf(given)).export({ type: 'pkcs1', format: 'pem' });
    expect(same).toBe(pem);
  });

  it.each([
    ['not there', {}, 'PRIVATE_KEY is not set;'],
    ['another text', { PRIVATE_KEY: 'secret' }, 'PRIVATE_KEY holds no whole PEM private key;'],
    ['white space', { PRIVATE_KEY: '  ' }, 'PRIVATE_KEY holds no whole PEM private key;'],
    ['cut off', { PRIVATE_KEY: pem.slice(0, 400) }, 'PRIVATE_KEY holds no whole PEM private key;'],
    ['a folder', { PRIVATE_KEY_PATH: folder }, 'PRIVATE_KEY_PATH names a file that cannot be read;'],
  ])('is complained of on one line where it is %s', (_, given, line) => {
    expect(complaintOf(given).startsWith(line)).toBe(true);
    expect(complaintOf(given)).not.toContain('\n');
  });

  it('is never looked for in the working directory', () => {
    const before = process.cwd();
    process.chdir(folder);
    try {
      expect(complaintOf({})).toContain('is not set');
    } finally {
      process.chdir(before);
    }
  });
});
