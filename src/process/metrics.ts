import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Metrics } from '../ports/metrics.ts';

/** Metrics with the registry that `/metrics` shows. */
export interface PublishedMetrics extends Metrics {
  readonly registry: Registry;
}

/** Metrics of one process. Their names and labels are documented: docs/operate.md. */
export function createMetrics(): PublishedMetrics {
  const registry = new Registry();
  const registers = [registry];
  const counter = <Label extends string>(name: string, help: string, label: Label) =>
    new Counter({ name: `signpost_${name}`, help, labelNames: [label], registers });
  const seconds = (name: string, help: string, buckets: number[]) =>
    new Histogram({ name: `signpost_${name}_seconds`, help, buckets, registers });
  const gauge = <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
    new Gauge({ name: `signpost_${name}`, help, labelNames, registers });

  const deliveries = counter('deliveries_total', 'Webhook deliveries by answer', 'status');
  const acknowledged = seconds(
    'acknowledge',
    'Time to the answer of a delivery',
    [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5],
  );
  const triages = counter('triages_total', 'Issues looked at, by outcome', 'outcome');
  const findings = counter('findings_total', 'Findings by kind, said or not', 'kind');
  const triage = seconds(
    'triage',
    'Time to understand and decide one issue',
    [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5],
  );
  const actions = counter('actions_total', 'Writes to GitHub by kind', 'kind');
  const calls = new Counter({
    name: 'signpost_github_calls_total',
    help: 'Calls to GitHub',
    labelNames: ['route', 'status'],
    registers,
  });
  const errors = counter('errors_total', 'Failures by job kind', 'kind');
  const jobs = gauge('jobs', 'Jobs by state', 'state');
  const age = gauge('queue_age_seconds', 'Age of the oldest job that may run');
  const left = gauge('budget_left', 'Calls left of the primary limit', 'installation');
  return {
    registry,
    delivered(status, milliseconds) {
      deliveries.inc({ status });
      acknowledged.observe(milliseconds / 1000);
    },
    triaged(kinds, milliseconds) {
      triages.inc({ outcome: kinds.length > 0 ? 'found' : 'nothing' });
      for (const kind of kinds) findings.inc({ kind });
      triage.observe(milliseconds / 1000);
    },
    acted: (kind) => actions.inc({ kind }),
    called: (route, status) => calls.inc({ route, status: status ?? 'none' }),
    failed: (kind) => errors.inc({ kind }),
    queue({ waiting, running, dead, oldest }, now) {
      jobs.set({ state: 'waiting' }, waiting);
      jobs.set({ state: 'running' }, running);
      jobs.set({ state: 'dead' }, dead);
      age.set(oldest === null ? 0 : Math.max(0, now - oldest) / 1000);
    },
    budget: (installation, calls) => left.set({ installation }, calls),
  };
}
