/** A run at trace level, for the test of the logs: they go to stderr, what must not be in them to stdout. */
import { request } from 'node:http';
import { reports } from '../demo/reports.ts';
import { home, runApp } from './run-app.ts';

const credential = `ghp_${'A1b2C3d4E5f6G7h8I9j0'.repeat(2).slice(0, 36)}`;
const planted: Record<string, string> = {
  credential,
  password: 'correct-horse-battery-9',
  'text of a body': 'my cat is called Bartholomew',
  'text of a title': 'quinoa in the sky',
  'text of a comment': 'greetings to aunt Philippa',
  'unsigned text': 'nobody signed this sentence',
};

const run = await runApp({ logLevel: 'trace', catchesUp: true });
const known = reports[0] ?? { title: '', body: '' };
const body = `${known.body}\n\n${planted['text of a body']}\nexport TOKEN=${credential}\npassword=${planted.password}`;
const at = (number: number) => ({ repository: home, number });
for (const [fault, times] of [
  [{ kind: 'status', status: 500, body: { message: `x ${credential}` } }, 1],
  [{ kind: 'status', status: 403 }, 1],
  [{ kind: 'cut' }, 1],
] as const)
  run.double.fault({ ...fault, times, match: { method: 'GET', path: /\/issues\/\d+$/ } });
for (const title of [known.title, `${known.title} ${planted['text of a title']}`]) {
  const { number } = run.double.openIssue({ repository: home, title, body, author: 'reporter' });
  await run.settle();
  run.double.comment(
    at(number),
    `${planted['text of a comment']} ${credential}\n\n/signpost help`,
    'reporter',
  );
  await run.settle();
  run.double.fault({ kind: 'status', status: 422, times: 1, match: { method: 'PATCH' } });
  run.double.editIssue(at(number), { title: 'API Error: 529 Overloaded', body, by: 'reporter' });
  await run.settle();
}
await new Promise<void>((resolve) => {
  const sent = request(`${run.app().url}/api/github/webhooks`, { method: 'POST' }, (answer) =>
    answer.resume().on('end', resolve),
  );
  sent.setHeader('authorization', `Bearer ${credential}`);
  sent.end(`{"body":"${planted['unsigned text']}"}`);
});
planted['webhook secret'] = run.double.app.webhookSecret;
planted['private key'] = run.double.app.privateKey.split('\n')[2] ?? '';
await run.stop();
process.stdout.write(JSON.stringify({ planted }));
