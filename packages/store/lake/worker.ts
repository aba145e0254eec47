import { Worker } from 'node:worker_threads';
import { StoreError } from '../store-error.ts';
import type { Answer } from './thread.ts';
import type { Work, WorkDone } from './work.ts';

/** The columns of a row group live for as long as it is written: they should not grow old for it. */
const youngMegabytes = 16;

/** Does work in a thread, one piece after the other; the thread starts with the first. */
export class LakeWorker {
  readonly #program: URL;
  #thread: Worker | undefined;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(program: URL) {
    this.#program = program;
  }

  do(work: Work): Promise<WorkDone> {
    const turn = this.#queue.then(() => this.#send(work));
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  /** After what is waiting. */
  async close(): Promise<void> {
    await this.#queue;
    await this.#thread?.terminate();
    this.#thread = undefined;
  }

  #send(work: Work): Promise<WorkDone> {
    this.#thread ??= new Worker(this.#program, { resourceLimits: { maxYoungGenerationSizeMb: youngMegabytes } });
    const thread = this.#thread;
    return new Promise<WorkDone>((resolve, reject) => {
      const settle = (act: () => void): void => {
        thread.off('message', onMessage).off('error', onError).off('exit', onExit);
        act();
      };
      const onMessage = (answer: Answer): void =>
        settle(() => ('failed' in answer ? reject(failure(work, answer.failed)) : resolve(answer)));
      const onError = (error: Error): void => settle(() => this.#lost(() => reject(failure(work, error.message))));
      const onExit = (): void => settle(() => this.#lost(() => reject(failure(work, 'its thread ended'))));
      thread.on('message', onMessage).on('error', onError).on('exit', onExit);
      thread.postMessage(work);
    });
  }

  #lost(act: () => void): void {
    this.#thread = undefined;
    act();
  }
}

function failure(work: Work, reason: string): StoreError {
  return new StoreError('lake-unusable', `the lake ${work.lake} could not ${work.kind} (${reason}); see that the disk has room`);
}
