/** A thread that sends signed webhooks at a rate and measures the time to each answer, apart from whoever answers the App. */
import { createHmac, randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';

/** One delivery: that an issue was opened. */
export interface Target {
  readonly repository: string;
  readonly installation: number;
  readonly number: number;
}

export interface SenderTask {
  readonly url: string;
  readonly secret: string;
  /** Deliveries a second. */
  readonly rate: number;
  readonly targets: readonly Target[];
}

/** Milliseconds to each answer, in order of arrival, and how many answers were not 202. */
export interface Sent {
  readonly latencies: readonly number[];
  readonly refused: number;
  readonly seconds: number;
}

const filler = 'What happened, in as many words as people use. '.repeat(60);

async function send({ rate, secret, targets, url }: SenderTask): Promise<Sent> {
  const agent = new Agent({ keepAlive: true, maxSockets: 50 });
  const latencies: number[] = [];
  let refused = 0;
  const deliver = ({ installation, number, repository }: Target): Promise<void> => {
    const body = JSON.stringify({
      action: 'opened',
      issue: { number, title: 'Load', body: filler, user: { login: 'reporter', type: 'User' } },
      repository: { full_name: repository },
      sender: { login: 'reporter', type: 'User' },
      installation: { id: installation },
    });
    const headers = {
      'content-type': 'application/json',
      'x-github-event': 'issues',
      'x-github-delivery': randomUUID(),
      'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
    };
    return new Promise((resolve) => {
      const at = performance.now();
      const done = (ok: boolean): void => {
        latencies.push(performance.now() - at);
        if (!ok) refused += 1;
        resolve();
      };
      request(url, { method: 'POST', agent, headers }, (response) =>
        response.resume().on('end', () => done(response.statusCode === 202)),
      )
        .on('error', () => done(false))
        .end(body);
    });
  };
  const started = performance.now();
  const answers: Promise<void>[] = [];
  while (answers.length < targets.length) {
    const due = Math.min(targets.length, Math.ceil(((performance.now() - started) / 1000) * rate));
    for (const target of targets.slice(answers.length, due)) answers.push(deliver(target));
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  await Promise.all(answers);
  agent.destroy();
  return { latencies, refused, seconds: (performance.now() - started) / 1000 };
}

if (parentPort !== null) parentPort.postMessage(await send(workerData as SenderTask));
