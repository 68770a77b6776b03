import { verify } from '@octokit/webhooks-methods';

/** Whether GitHub (who knows the secret) signed this body; `signature` is the header `X-Hub-Signature-256`. Compares in constant time. */
export function isSigned(body: string, signature: string, secret: string): Promise<boolean> {
  return verify(secret, body, signature);
}
