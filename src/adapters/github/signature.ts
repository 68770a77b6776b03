import { verify } from '@octokit/webhooks-methods';

/**
 * Says whether whoever knows the secret, GitHub, signed this body. Compares in constant time.
 *
 * @param signature the header `X-Hub-Signature-256`
 */
export function verifySignature(body: string, signature: string, secret: string): Promise<boolean> {
  return verify(secret, body, signature);
}
