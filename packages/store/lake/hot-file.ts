import { truncateSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { durable, syncFolder, syncHandle } from '../durable.ts';
import { hotFolder, segmentName } from './layout.ts';

/** A segment of the hot file, open for appending. */
export class HotFile {
  readonly number: number;
  /** The latest epoch that it holds. */
  epoch: number;
  /** Bytes of its events, before they were packed. */
  size: number;
  /** Milliseconds since the epoch. */
  readonly since: number;
  readonly #handle: FileHandle;

  private constructor(number: number, handle: FileHandle, at: { epoch: number; size: number; since: number }) {
    this.number = number;
    this.#handle = handle;
    this.epoch = at.epoch;
    this.size = at.size;
    this.since = at.since;
  }

  /** Makes a segment, or goes on with one whose end is known to be whole. */
  static async open(lake: string, number: number, at: { epoch: number; size: number; since: number }): Promise<HotFile> {
    const folder = join(lake, hotFolder);
    const handle = await open(join(folder, segmentName(number)), durable.append, 0o600);
    syncFolder(folder);
    return new HotFile(number, handle, at);
  }

  /** On disk when it resolves. */
  async append(buffers: readonly Buffer[], { epoch, size }: { epoch: number; size: number }): Promise<void> {
    const length = buffers.reduce((sum, buffer) => sum + buffer.length, 0);
    const { bytesWritten } = await this.#handle.writev(buffers);
    if (bytesWritten < length) await this.#writeRest(Buffer.concat(buffers).subarray(bytesWritten));
    await syncHandle(this.#handle);
    this.size += size;
    this.epoch = epoch;
  }

  /** The disk took less than it was given. */
  async #writeRest(bytes: Buffer): Promise<void> {
    for (let done = 0; done < bytes.length; ) done += (await this.#handle.write(bytes, done)).bytesWritten;
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}

/** Cuts a segment that nobody appends to. */
export function cutSegment(lake: string, number: number, length: number): void {
  const folder = join(lake, hotFolder);
  truncateSync(join(folder, segmentName(number)), length);
  syncFolder(folder);
}
