import type { Stop } from '#model/intake.ts';

/** Wakes whoever waits. Nothing is remembered: look first, then wait, without anything in between. */
export class Bell {
  #waiting: (() => void)[] = [];

  ring(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
  }

  /** Resolves at the next ring, or when `stop` aborts. */
  wait(stop?: Stop): Promise<void> {
    return new Promise((resolve) => {
      if (stop?.aborted === true) {
        resolve();
        return;
      }
      const wake = (): void => {
        stop?.removeEventListener('abort', wake);
        resolve();
      };
      this.#waiting.push(wake);
      stop?.addEventListener('abort', wake, { once: true });
    });
  }
}
