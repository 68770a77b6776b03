import { systemClock } from '../../src/adapters/clock.ts';
import { add } from '../../src/duplicates/index.ts';
import { openStore } from '../../src/entry/open-store.ts';
import { emptyPast } from '../../src/entry/past.ts';
import { createPasts } from '../../src/entry/pasts.ts';
import { readReport } from '../../src/report/index.ts';
import { type Double, startDouble } from '../double/double.ts';
import { seeded } from '../double/random.ts';
import type { Target } from './sender.ts';

const installations = 50;
const indexed = 10_000;
const words =
  'server token login window terminal session prompt reply crash error timeout network proxy file folder path config plugin model stream cache update version install shell editor cursor output colour screen resize memory disk usage limit retry queue socket header request response key value parse format render theme status line history search index match issue report label branch commit merge review test build deploy start stop hang loop'.split(
    ' ',
  );

/** A GitHub with fifty installations of one repository each, and as many open issues as deliveries will speak of. */
export async function startGitHub(
  issues: number,
  latency: number,
): Promise<{ readonly double: Double; readonly targets: readonly Target[] }> {
  const double = await startDouble({ clock: systemClock, validate: 'off' });
  const random = seeded(1);
  const homes = Array.from({ length: installations }, (_, n) => {
    const repository = `org-${n}/app`;
    double.addRepository(repository);
    return { repository, installation: double.install(repository) };
  });
  const targets: Target[] = [];
  for (let n = 0; n < issues; n += 1) {
    const home = homes[n % installations];
    if (home === undefined) continue;
    const { number } = double.openIssue({ ...home, title: fewWords(random), body: paragraph(random) });
    targets.push({ ...home, number });
  }
  if (latency > 0) double.fault({ kind: 'slow', ms: latency });
  return { double, targets };
}

/** Writes what earlier syncs would have left: 10,000 issues in all. */
export async function prepareStore(url: string, targets: readonly Target[]): Promise<void> {
  const { store } = await openStore(url, systemClock, 'server');
  const pasts = createPasts(store, systemClock);
  const random = seeded(2);
  const now = systemClock.now();
  for (const [repository, installation] of new Map(
    targets.map((target) => [target.repository, target.installation]),
  )) {
    const past = emptyPast();
    for (let n = 0; n < indexed / installations; n += 1) {
      const report = readReport({ title: fewWords(random), body: paragraph(random) });
      add(past.index, { number: 1_000_000 + n, author: 'somebody', createdAt: now, closedAt: null, report });
    }
    // The issues of the run stand there before it begins: as if they were still to come.
    await pasts.put(repository, past, now + 600_000);
    await store.put(`changes-seen:${repository}`, now + 600_000);
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
