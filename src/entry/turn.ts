const waiting: (() => void)[] = [];

/**
 * Resolves when the event loop has come round, for one caller a round. Work that keeps the processor busy for some
 * milliseconds asks for its turn first, so that many issues at once do not keep a delivery waiting for its answer.
 */
export function turn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    if (waiting.length === 1) setImmediate(next);
  });
}

function next(): void {
  waiting.shift()?.();
  if (waiting.length > 0) setImmediate(next);
}
