import { evaluateLabels } from '../src/classify/index.ts';
import { outcomes, readLabelled, scopeF1 } from './labels-data.ts';

/** Logistic regression on tf-idf, on the same split. */
const baselines = [
  { precision: 0.78, f1: 0.746 },
  { precision: 0.89, f1: 0.71 },
];
const goal = { precision: 0.88, recall: 0.66, platform: 0.9, trainSeconds: 20, perIssueMs: 5 };

/** Labels: trained on the older 500 issues, suggested for the newer 200. */
export async function bench(
  print: (line: string) => void,
  note: (figure: string, value: number) => void,
): Promise<void> {
  const data = readLabelled();
  if (data === null) {
    print('labels: skipped, no ../shared/data/claude-code-issues.jsonl.gz beside the checkout');
    return;
  }
  const result = evaluateLabels(data.train, data.test, { skip: outcomes }, () => performance.now());
  const { micro, trainSeconds, perIssueMs } = result;
  const [loose, strict] = baselines;
  note('precision', micro.precision);
  note('recall', micro.recall);
  note('F1', micro.f1);
  note('training, s', trainSeconds);
  note('an issue p50, ms', perIssueMs.p50);
  print(
    `labels precision ${micro.precision.toFixed(3)} (goal ${goal.precision}) recall ${micro.recall.toFixed(3)} (goal ${goal.recall})`,
  );
  print(
    `labels F1 ${micro.f1.toFixed(3)} (logistic regression on tf-idf ${loose?.f1} at precision ${loose?.precision}, ${strict?.f1} at ${strict?.precision})`,
  );
  print(`labels platform:* F1 ${scopeF1(result.labels, 'platform:').toFixed(3)} (goal ${goal.platform})`);
  print(
    `labels training ${trainSeconds.toFixed(1)} s (goal ${goal.trainSeconds}), an issue p50 ${perIssueMs.p50.toFixed(2)} ms, p99 ${perIssueMs.p99.toFixed(2)} ms (goal ${goal.perIssueMs})`,
  );
}
