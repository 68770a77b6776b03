import type { Clock } from '../../src/ports/clock.ts';
import { threads } from '../demo/reports.ts';
import { type Double, startDouble } from '../double/double.ts';
import { config, labels, repository } from './stories.ts';

const firstNumber = 70_000;
const mostIssues = 5_000;
const someRead = /^\/repos\/[^/]+\/[^/]+\/(issues|labels|collaborators)/;

/** A GitHub with the repository of the stories, the threads that pages point to, and the App installed. */
export async function startGitHub(clock: Clock, seed: number): Promise<Double> {
  const double = await startDouble({ clock, seed, validate: 'off' });
  double.addRepository(repository, { labels, files: { '.github/signpost.yml': config } });
  for (const { number, title } of threads)
    double.openIssue({ repository, number, title, body: 'Tracked here.', author: 'first' });
  double.openIssue({ repository, number: firstNumber, title: 'Before', body: null, author: 'first' });
  // GitHub counts in whole seconds; what was there before is older than the installation.
  await clock.sleep(2_000);
  double.install(repository);
  refuseSome(double);
  return double;
}

/** Issues on which GitHub will not have our comment, or our labels: in a calm run as in a storm. */
function refuseSome(double: Double): void {
  const refused = (rest: number, end: string, method: string, status: number): void => {
    const numbers = Array.from({ length: mostIssues }, (_, n) => firstNumber + n).filter(
      (n) => n % 31 === rest,
    );
    const path = new RegExp(`/issues/(${numbers.join('|')})/${end}$`);
    double.fault({ match: { method, path }, kind: 'status', status });
  };
  refused(3, 'comments', 'POST', 422);
  refused(11, 'comments', 'POST', 410);
  refused(19, 'labels', 'POST', 404);
}

/** Everything that goes wrong by itself. Returns what ends it. */
export function unleash(double: Double): () => void {
  double.disturbDeliveries({ lost: 0.1, dropped: 0.05, doubled: 0.1, delayed: 0.1, reordered: 0.1 });
  const ends = [
    ...([500, 502] as const).map((status) => double.fault({ kind: 'status', status, rate: 0.01 })),
    double.fault({ match: { path: someRead }, kind: 'status', status: 403, rate: 0.01 }),
    double.fault({ kind: 'cut', rate: 0.01 }),
    ...(['POST', 'PATCH', 'DELETE'] as const).map((method) =>
      double.fault({ match: { method, path: /\/issues\// }, kind: 'cut-after', rate: 0.1 }),
    ),
    double.fault({ match: { method: 'POST', path: /\/comments$/ }, kind: 'stale', rate: 0.5 }),
  ];
  return () => {
    double.disturbDeliveries({});
    for (const end of ends) end();
  };
}
