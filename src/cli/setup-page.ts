import type { Io } from './io.ts';

/**
 * The page that makes the GitHub App from `app.yml`, on loopback only: in this mode anybody who reaches it
 * may hand in credentials. It writes them to `.env`; the next start serves. `SIGNPOST_URL` is where GitHub
 * will reach the App.
 */
export async function setUp(env: NodeJS.ProcessEnv, io: Io): Promise<number> {
  const url = env.SIGNPOST_URL ?? '';
  if (url !== '' && !/^https?:\/\/\S+$/.test(url)) {
    io.stderr(
      'signpost: SIGNPOST_URL is not a URL (expected where GitHub reaches this machine, such as https://signpost.example.org)\n',
    );
    return 2;
  }
  const port = env.PORT ?? '3000';
  // Probot reads these when it starts: loopback, no relay that would see every delivery, the App's webhook
  // address.
  Object.assign(env, {
    HOST: '127.0.0.1',
    PORT: port,
    NO_SMEE_SETUP: 'true',
    NODE_ENV: 'development',
    LOG_LEVEL: 'error',
  });
  if (url !== '') env.WEBHOOK_PROXY_URL = `${url.replace(/\/+$/, '')}/api/github/webhooks`;
  io.stderr(
    [
      'Signpost is not configured yet. This page makes its GitHub App:',
      '',
      `  http://127.0.0.1:${port}/probot`,
      '',
      url === ''
        ? 'GitHub has to reach this machine later. Better stop now (Ctrl-C) and start with its public address:\n  SIGNPOST_URL=https://signpost.example.org npm start'
        : `Webhooks will be sent to ${url}.`,
      'Open the page, choose "Register GitHub App", install it on a repository, then stop (Ctrl-C) and run npm start again.',
      '',
    ].join('\n'),
  );
  // The credentials that the page writes to .env are for this user only.
  process.umask(0o077);
  const { run } = await import('probot');
  const server = await run(() => {});
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
  });
  await server.stop();
  return 0;
}
