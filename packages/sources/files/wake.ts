import { type FSWatcher, watch } from 'node:fs';
import type { Stop } from '#model/intake.ts';

const watchersAtMost = 64;

/**
 * Waits until it is time to look again. Changes that the system tells of only shorten the wait: on network file systems, and beyond the
 * number of folders that are watched, nothing is told.
 */
export class Wake {
  readonly #stop: Stop;
  readonly #watchers = new Map<string, FSWatcher>();
  #changed = false;
  #wake: (() => void) | undefined;

  constructor(stop: Stop) {
    this.#stop = stop;
  }

  watch(folders: ReadonlySet<string>): void {
    for (const [folder, watcher] of this.#watchers) {
      if (folders.has(folder)) continue;
      watcher.close();
      this.#watchers.delete(folder);
    }
    for (const folder of folders) {
      if (this.#watchers.size >= watchersAtMost) return;
      if (!this.#watchers.has(folder)) this.#add(folder);
    }
  }

  async wait(milliseconds: number): Promise<void> {
    if (!this.#changed && !this.#stop.aborted) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(() => this.#wake?.(), milliseconds);
        this.#wake = () => {
          clearTimeout(timer);
          this.#stop.removeEventListener('abort', this.#ring);
          this.#wake = undefined;
          resolve();
        };
        this.#stop.addEventListener('abort', this.#ring, { once: true });
      });
    }
    this.#changed = false;
  }

  /** Waits, whatever changes meanwhile. */
  rest(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        this.#stop.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, milliseconds);
      this.#stop.addEventListener('abort', end, { once: true });
      if (this.#stop.aborted) end();
    });
  }

  close(): void {
    for (const watcher of this.#watchers.values()) watcher.close();
    this.#watchers.clear();
  }

  readonly #ring = (): void => {
    this.#changed = true;
    this.#wake?.();
  };

  #add(folder: string): void {
    try {
      const watcher = watch(folder, { persistent: false }, this.#ring);
      watcher.on('error', () => watcher.close());
      this.#watchers.set(folder, watcher);
    } catch {
      // No watches left, or a file system without them: looking now and then is enough.
    }
  }
}
