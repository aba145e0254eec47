import type { Position, ReplayableSource, SourceBatch, SourceContext } from '#model/intake.ts';
import { notText } from '../decoded-stream.ts';
import { FileReading } from './file-reading.ts';
import type { FollowedFile } from './followed-file.ts';
import { FileFinder, type FilePattern } from './found-files.ts';
import { Survey } from './survey.ts';
import { Wake } from './wake.ts';

/** Of one file so much is read before the next one has its turn. */
const turnBytes = 64 * 1_048_576;
const pause = 250;
const leastPause = 10;
/** Looking takes at most this part of the time. */
const timesItsCost = 5;
const openAtMost = 200;
/** A file that was rotated away and read to its end is done after so many looks and so long; it is kept open for a while, should more be written to it. */
const quietLooks = 2;
const quietTime = 500;
const linger = 60_000;
/** Who writes an event in several lines writes them within so long. */
const linesTogether = 250;

export interface FollowOptions {
  /** Files that are neither text nor event logs are passed over. */
  readonly textOnly?: boolean;
  readonly accepts?: (path: string) => boolean;
}

/** Files that a pattern names as one source: read to their end, or followed as they grow and are rotated. */
export function followedFiles(id: string, pattern: FilePattern, ctx: SourceContext, options: FollowOptions = {}): ReplayableSource {
  return { kind: 'replayable', id, read: (from) => new Follower(pattern, ctx, options, from).read() };
}

class Follower {
  readonly #ctx: SourceContext;
  readonly #survey: Survey;
  readonly #finder: FileFinder;
  readonly #wake: Wake;

  constructor(pattern: FilePattern, ctx: SourceContext, { textOnly = false, accepts }: FollowOptions, from: Position | undefined) {
    this.#ctx = ctx;
    this.#finder = new FileFinder(pattern, (diagnostic) => ctx.onDiagnostic(diagnostic), accepts);
    this.#survey = new Survey(this.#finder, new FileReading(ctx, textOnly), from);
    this.#wake = new Wake(ctx.signal);
  }

  async *read(): AsyncGenerator<SourceBatch> {
    const { signal, follow, clock } = this.#ctx;
    try {
      while (!signal.aborted) {
        const began = clock();
        await this.#survey.update();
        const cost = clock() - began;
        if (follow) this.#wake.watch(this.#finder.folders);
        let any = false;
        for await (const batch of this.#pass()) {
          any = true;
          yield batch;
          if (signal.aborted) return;
        }
        // Who writes line by line would otherwise be looked at for each of them.
        if (follow) await this.#wake.rest(Math.max(leastPause, cost));
        if (any) continue;
        if (!follow && !this.#isUnfinished()) return;
        await this.#closeIdle();
        await this.#wake.wait(Math.max(pause, cost * timesItsCost));
      }
    } finally {
      this.#wake.close();
      for (const file of this.#survey.files) await file.release();
    }
  }

  #isUnfinished(): boolean {
    return this.#survey.files.some(({ ended, state }) => !ended && (state === 'live' || state === 'rotated'));
  }

  /** Every file has its turn, in their order. */
  async *#pass(): AsyncGenerator<SourceBatch> {
    // What took the place of another begins when that one is done: so the numbers of their records are always the same.
    const busy = new Set<string>();
    for (const file of this.#survey.files.slice()) {
      if (this.#ctx.signal.aborted) return;
      if (this.#isDue(file) && !busy.has(file.label)) {
        for await (const records of this.#turn(file)) yield { records, position: this.#survey.position };
      }
      if (file.state === 'live' || file.state === 'rotated') busy.add(file.label);
    }
  }

  #isDue(file: FollowedFile): boolean {
    if (file.ended || file.state === 'copy') return false;
    if (this.#survey.isLost(file)) return true;
    if (file.handle === undefined) return file.located && file.state !== 'done';
    return file.state !== 'done' || file.form === 'plain';
  }

  async *#turn(file: FollowedFile): AsyncGenerator<SourceBatch['records']> {
    if (this.#survey.isLost(file)) {
      yield* this.#giveUp(file);
      return;
    }
    const mark = file.found?.mark;
    const quiet = file.state === 'live' && mark !== undefined && mark === file.seen;
    if (quiet && this.#ctx.follow && file.holdsPart && this.#ctx.clock() - file.readAt >= linesTogether) yield* file.settleLines();
    // What is empty does not show yet what it will be.
    if ((quiet && this.#ctx.follow) || (file.found?.size === 0 && file.handle === undefined && file.taken === 0 && file.state === 'live' && this.#ctx.follow)) return;
    // Packed files and event logs are read as a whole: while they still change they are left alone.
    if (file.form !== 'plain' && !this.#rests(file)) return;
    const reading = file.read(turnBytes);
    let step = await reading.next();
    let read = false;
    for (; step.done !== true; step = await reading.next()) {
      read = true;
      yield step.value;
    }
    if (step.value === 'changed') await this.#survey.cut(file);
    else if (step.value === 'packed' && !this.#ctx.follow) yield* this.#turn(file);
    else if (step.value === 'failed') file.ended = !this.#ctx.follow;
    else if (step.value === 'binary') yield* this.#passOver(file);
    else if (step.value === 'end') yield* this.#atEnd(file, read, mark);
  }

  async *#passOver(file: FollowedFile): AsyncGenerator<SourceBatch['records']> {
    await file.release();
    file.state = 'done';
    file.seen = file.found?.mark ?? '';
    this.#ctx.onDiagnostic({ code: 'file-binary', message: notText, path: file.path });
    yield [];
  }

  #rests(file: FollowedFile): boolean {
    const mark = file.found?.mark ?? '';
    if (mark === file.mark && mark !== '') {
      file.ended = !this.#ctx.follow;
      return false;
    }
    const rests = !this.#ctx.follow || file.seen === mark;
    file.seen = mark;
    return rests;
  }

  async *#atEnd(file: FollowedFile, read: boolean, mark: string | undefined): AsyncGenerator<SourceBatch['records']> {
    if (file.form !== 'plain') {
      file.mark = mark ?? '';
      if (file.form !== 'evtx' || file.state === 'rotated') file.state = 'done';
      file.ended = !this.#ctx.follow;
      yield [];
      return;
    }
    file.seen = mark ?? '';
    file.readAt = this.#ctx.clock();
    file.quiet = read ? 0 : file.quiet + 1;
    if (!this.#ctx.follow) file.ended = true;
    else if (file.state !== 'rotated' || !this.#isQuiet(file, read)) return;
    yield* file.finish();
    if (file.state !== 'rotated') return;
    file.state = 'done';
    yield [];
  }

  /** Who writes may not have noticed yet that its file was rotated away. */
  #isQuiet(file: FollowedFile, read: boolean): boolean {
    const now = this.#ctx.clock();
    if (read) file.since = now;
    return file.quiet >= quietLooks && (now - file.since >= quietTime || file.quiet >= quietLooks * 4);
  }

  /** The rest of it is nowhere: what was begun is taken as it is. */
  async *#giveUp(file: FollowedFile): AsyncGenerator<SourceBatch['records']> {
    const { label, sequence, remembered } = file;
    yield* file.finish();
    file.state = 'done';
    if (remembered) {
      const message = `it is gone, and no file beside it has the same beginning; what was written to it after record ${sequence} was not read`;
      this.#ctx.onDiagnostic({ code: 'file-unreadable', message, path: label });
    }
    yield [];
  }

  async #closeIdle(): Promise<void> {
    const now = this.#ctx.clock();
    const open = this.#survey.files.filter(({ handle }) => handle !== undefined);
    for (const file of open) if (file.state === 'done' && now - file.since > linger) await file.release();
    const idle = open.filter(({ state, holdsPart }) => state === 'live' && !holdsPart);
    for (const file of idle.slice(0, Math.max(0, open.length - openAtMost))) await file.release();
  }
}
