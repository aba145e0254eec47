import { closeSync, constants, existsSync, fstatSync, fsyncSync, ftruncateSync, openSync, readSync, renameSync, writeSync } from 'node:fs';
import process from 'node:process';
import { ActError, systemCode } from '../act-error.ts';

/** Node's permission model denies fsync; what is written to a file opened with O_DSYNC is on the disk when the write returns. */
const denied = process.permission !== undefined;
const through = denied ? (constants.O_DSYNC ?? 0) : 0;
const sync = (descriptor: number): void => void (denied || fsyncSync(descriptor));

const tailRead = 64 * 1024;

/**
 * A file of lines that only grows. A line is there whole or not at all: what a crash left half written at the end is taken away
 * before the next one, which is handed on again by whoever kept it.
 */
export class LineJournal {
  private readonly path: string;
  private readonly largest: number;
  private readonly kept: number;
  private descriptor: number | undefined;

  constructor(path: string, { kept, largest }: { readonly largest: number; readonly kept: number }) {
    this.path = path;
    this.largest = largest;
    this.kept = kept;
  }

  /** Returns when the disk has the lines. */
  append(lines: readonly string[]): void {
    try {
      for (const line of lines) this.write(Buffer.from(`${line}\n`));
      if (this.descriptor !== undefined) sync(this.descriptor);
    } catch (error) {
      this.close();
      if (error instanceof ActError) throw error;
      throw new ActError('file-unwritable', `${this.path} cannot be written (${systemCode(error)}); check the folder, its permissions and the space left`, { cause: error });
    }
  }

  close(): void {
    if (this.descriptor !== undefined) closeSync(this.descriptor);
    this.descriptor = undefined;
  }

  private write(bytes: Buffer): void {
    let descriptor = this.descriptor ?? this.open();
    const { size } = fstatSync(descriptor);
    if (size > 0 && size + bytes.length > this.largest) {
      sync(descriptor);
      this.close();
      this.rotate();
      descriptor = this.open();
    }
    for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done);
  }

  private open(): number {
    // Only its owner reads what was seen; a link is followed only by whoever made it.
    const descriptor = openSync(this.path, constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0) | through, 0o600);
    this.descriptor = descriptor;
    this.mend(descriptor);
    return descriptor;
  }

  private mend(descriptor: number): void {
    const stat = fstatSync(descriptor);
    if (!stat.isFile()) throw new ActError('file-unwritable', `${this.path} is no file; name one that may be made`);
    let end = stat.size;
    let torn = 0;
    while (end > 0) {
      const buffer = Buffer.alloc(Math.min(tailRead, end));
      readSync(descriptor, buffer, 0, buffer.length, end - buffer.length);
      const at = buffer.lastIndexOf(0x0a);
      if (at >= 0) {
        torn += buffer.length - at - 1;
        break;
      }
      torn += buffer.length;
      end -= buffer.length;
    }
    if (torn === 0) return;
    const first = Buffer.alloc(1);
    readSync(descriptor, first, 0, 1, stat.size - torn);
    if (first[0] !== 0x7b) throw new ActError('file-unwritable', `${this.path} holds something else than JSON lines and was left as it is; name another file`);
    ftruncateSync(descriptor, stat.size - torn);
  }

  /** `path` becomes `path.1`, that becomes `path.2`; the oldest is written over. */
  private rotate(): void {
    for (let number = this.kept - 1; number >= 1; number--) {
      if (existsSync(`${this.path}.${number}`)) renameSync(`${this.path}.${number}`, `${this.path}.${number + 1}`);
    }
    renameSync(this.path, `${this.path}.1`);
  }
}
