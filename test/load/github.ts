import { systemClock } from '../../src/adapters/clock.ts';
import { openStores } from '../../src/adapters/open/index.ts';
import { add } from '../../src/duplicates/index.ts';
import { readReport } from '../../src/report/index.ts';
import { createHistoryCache } from '../../src/repository/histories.ts';
import { emptyHistory } from '../../src/repository/history.ts';
import { type Double, startDouble } from '../double/double.ts';
import { seeded } from '../double/random.ts';
import type { Target } from './sender.ts';

const installations = 50;
const indexed = 10_000;
const words =
  'server token login window terminal session prompt reply crash error timeout network proxy file folder path config plugin model stream cache update version install shell editor cursor output colour screen resize memory disk usage limit retry queue socket header request response key value parse format render theme status line history search index match issue report label branch commit merge review test build deploy start stop hang loop'.split(
    ' ',
  );

interface Home {
  readonly repository: string;
  readonly installation: number;
}

/** A GitHub with fifty installations of one repository each. */
export async function startGitHub(
  latency: number,
): Promise<{ readonly double: Double; readonly homes: readonly Home[] }> {
  const double = await startDouble({ clock: systemClock, validate: 'off' });
  const homes = Array.from({ length: installations }, (_, n) => {
    const repository = `org-${n}/app`;
    double.addRepository(repository);
    return { repository, installation: double.install(repository) };
  });
  if (latency > 0) double.fault({ kind: 'slow', ms: latency });
  return { double, homes };
}

/** Opens so many issues, as many in each home, of which deliveries will speak. */
export function openIssues(double: Double, homes: readonly Home[], count: number): readonly Target[] {
  const random = seeded(1);
  const targets: Target[] = [];
  while (targets.length < count)
    for (const home of homes.slice(0, count - targets.length)) {
      const { number } = double.openIssue({ ...home, title: fewWords(random), body: paragraph(random) });
      targets.push({ ...home, number });
    }
  return targets;
}

/** Writes what earlier syncs would have left: 10,000 issues in all. */
export async function prepareStore(url: string, homes: readonly Home[]): Promise<void> {
  const { store } = await openStores(url, systemClock, 'server');
  const histories = createHistoryCache(store, systemClock);
  const random = seeded(2);
  const now = systemClock.now();
  for (const { installation, repository } of homes) {
    const history = emptyHistory();
    for (let n = 0; n < indexed / installations; n += 1) {
      const report = readReport({ title: fewWords(random), body: paragraph(random) });
      add(history.index, {
        number: 1_000_000 + n,
        author: 'somebody',
        createdAt: now,
        closedAt: null,
        report,
      });
    }
    // What is opened during the run is not read before its delivery comes.
    await histories.put(repository, history, now + 600_000);
    await store.putRepository({ repository, installation, installedAt: now - 86_400_000, paused: false });
  }
  await store.close();
}

function fewWords(random: () => number): string {
  return Array.from({ length: 6 }, () => words[Math.floor(random() * words.length)]).join(' ');
}

/** Some 1,500 characters with a code block, as bug reports have. */
function paragraph(random: () => number): string {
  const lines = Array.from({ length: 30 }, () => fewWords(random));
  return `${lines.slice(0, 20).join('.\n')}\n\n\`\`\`\nError: ${lines.slice(20).join('\n    at ')}\n\`\`\`\n`;
}
