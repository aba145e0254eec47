import process from 'node:process';

/** How often a budget looks at the processor time, in milliseconds. */
const lookEvery = 1000;

let onAlive: () => void = () => undefined;

/** What is called now and then while work of this thread asks its budgets: it has not hung. */
export function whenAlive(act: () => void): void {
  onAlive = act;
}

/**
 * Gives what tells whether this thread has worked longer than `milliseconds` since. Processor time counts, so that a busy machine cuts off nothing that a
 * quiet one would not. The clock on the wall is asked first, since it costs less.
 */
export function timeBudget(milliseconds: number): () => boolean {
  const end = threadMilliseconds() + milliseconds;
  let look = performance.now() + Math.min(milliseconds, lookEvery);
  return () => {
    const now = performance.now();
    if (now <= look) return false;
    const left = end - threadMilliseconds();
    if (left <= 0) return true;
    look = now + Math.min(left, lookEvery);
    onAlive();
    return false;
  };
}

function threadMilliseconds(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
