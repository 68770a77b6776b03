import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Metrics } from '../ports/metrics.ts';

/** Metrics with the registry that `/metrics` shows. */
export interface PublishedMetrics extends Metrics {
  readonly registry: Registry;
}

export function createMetrics(): PublishedMetrics {
  const registry = new Registry();
  const registers = [registry];
  const deliveries = new Counter({
    name: 'signpost_deliveries_total',
    help: 'Webhook deliveries by answer',
    labelNames: ['status'],
    registers,
  });
  const acknowledged = new Histogram({
    name: 'signpost_acknowledge_seconds',
    help: 'Time to the answer of a delivery',
    buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5],
    registers,
  });
  const triages = new Counter({
    name: 'signpost_triages_total',
    help: 'Issues looked at, by outcome',
    labelNames: ['outcome'],
    registers,
  });
  const findings = new Counter({
    name: 'signpost_findings_total',
    help: 'Findings by kind, said or not',
    labelNames: ['kind'],
    registers,
  });
  const triage = new Histogram({
    name: 'signpost_triage_seconds',
    help: 'Time to understand and decide one issue',
    buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5],
    registers,
  });
  const actions = new Counter({
    name: 'signpost_actions_total',
    help: 'Writes to GitHub by kind',
    labelNames: ['kind'],
    registers,
  });
  const calls = new Counter({
    name: 'signpost_github_calls_total',
    help: 'Calls to GitHub',
    labelNames: ['route', 'status'],
    registers,
  });
  const errors = new Counter({
    name: 'signpost_errors_total',
    help: 'Failures by job kind',
    labelNames: ['kind'],
    registers,
  });
  const jobs = new Gauge({ name: 'signpost_jobs', help: 'Jobs by state', labelNames: ['state'], registers });
  const age = new Gauge({
    name: 'signpost_queue_age_seconds',
    help: 'Age of the oldest job that may run',
    registers,
  });
  const left = new Gauge({
    name: 'signpost_budget_left',
    help: 'Calls left of the primary limit',
    labelNames: ['installation'],
    registers,
  });
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
