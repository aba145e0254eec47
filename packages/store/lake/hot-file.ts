import { truncateSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { durable, syncFolder, syncHandle } from '../durable.ts';
import { bytesOf } from './files.ts';
import { hotFolder, segmentName } from './layout.ts';

/** A segment of the hot file, open for appending. */
export class HotFile {
  readonly number: number;
  /** The latest epoch that it holds. */
  epoch: number;
  bytes: number;
  /** Milliseconds since the epoch. */
  readonly since: number;
  readonly #handle: FileHandle;

  private constructor(number: number, handle: FileHandle, at: { epoch: number; bytes: number; since: number }) {
    this.number = number;
    this.#handle = handle;
    this.epoch = at.epoch;
    this.bytes = at.bytes;
    this.since = at.since;
  }

  /** Makes a segment, or goes on with one whose end is known to be whole. */
  static async open(lake: string, number: number, at: { epoch: number; since: number }): Promise<HotFile> {
    const folder = join(lake, hotFolder);
    const path = join(folder, segmentName(number));
    const handle = await open(path, durable.append, 0o600);
    syncFolder(folder);
    return new HotFile(number, handle, { ...at, bytes: bytesOf(path) });
  }

  /** On disk when it resolves. */
  async append(buffers: readonly Buffer[], epoch: number): Promise<void> {
    const length = buffers.reduce((sum, buffer) => sum + buffer.length, 0);
    const { bytesWritten } = await this.#handle.writev(buffers);
    if (bytesWritten < length) await this.#writeRest(Buffer.concat(buffers).subarray(bytesWritten));
    await syncHandle(this.#handle);
    this.bytes += length;
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
