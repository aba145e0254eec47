import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Position } from '#model/intake.ts';
import { type FilePlace, type FileState, placesOf } from './file-place.ts';
import type { FileReading } from './file-reading.ts';
import { FollowedFile } from './followed-file.ts';
import { type FileFinder, type FoundFile, isSame, lookAt, modifiedAt } from './found-files.ts';
import { beginsWith, isBeginningOf } from './print.ts';
import { byRotation, familyOf, isRotatedName } from './rotation.ts';

/** Files that are done are remembered up to this number, so that they are known when they come back packed or copied. */
const rememberedFiles = 1000;
const siblingsLookedAt = 1000;
/** A file that was rotated away and is not found is given up after so many looks. */
const patience = 2;

/** Which files there are, and which of them are the same as before under another name. */
export class Survey {
  files: FollowedFile[];
  readonly #reading: FileReading;
  readonly #finder: FileFinder;
  readonly #follow: boolean;
  /** New files that look like rotated ones, as they were last time: they are judged once they rest. */
  #settling = new Map<string, string>();

  constructor(finder: FileFinder, reading: FileReading, from: Position | undefined) {
    this.#finder = finder;
    this.#reading = reading;
    this.#follow = reading.ctx.follow;
    this.files = placesOf(from).map((place) => new FollowedFile(place, reading, true));
    for (const { label, sequence } of this.files) reading.atLeast(label, sequence);
  }

  get position(): Position {
    return { files: this.files.map(({ place }) => place) };
  }

  async update(): Promise<void> {
    const found = await this.#finder.find();
    const byId = new Map(found.map((file) => [file.id, file]));
    const byPath = new Map(found.map((file) => [file.path, file]));
    const taken = new Set<FoundFile>();
    for (const file of this.files.slice()) {
      const same = byPath.get(file.path)?.id === file.id ? byPath.get(file.path) : byId.get(file.id);
      if (same !== undefined) {
        if (await this.#meets(file, same)) {
          taken.add(same);
          continue;
        }
        // The number belongs to another file by now.
        file.id = '';
      }
      if (!(await this.#isReplacedBySame(file, byPath.get(file.path), taken))) this.#miss(file);
    }
    await this.#search(found, taken);
    for (const file of this.files.slice()) if (file.heirsSince !== undefined && (file.located || file.handle !== undefined || this.isLost(file))) await this.#addHeirs(file, found, taken);
    await this.#addNew(found.filter((file) => !taken.has(file)));
    this.#forget();
  }

  /** The file at a path may have been cut, or its inode given to another one. False: it is not this one. */
  async #meets(file: FollowedFile, found: FoundFile): Promise<boolean> {
    if (!isSame(file, found)) return false;
    const inPlace = file.state === 'live' && file.path === found.path;
    if (file.state === 'copy' && file.mark !== found.mark) return false;
    const holds = file.form !== 'plain' || (await this.#holds(file, found));
    if (holds === 'moved') {
      // The next look will show where to.
      file.located = false;
      return true;
    }
    if (!holds) {
      if (!inPlace) return false;
      await this.cut(file);
    }
    // Nothing was read of it yet, and so nothing shows whether it was copied and cut since.
    if (inPlace && file.remembered && file.form === 'plain' && file.print.offset === 0) awaitHeirs(file);
    file.located = true;
    file.remembered = false;
    if (file.state === 'live' && !inPlace) this.#rotate(file, true);
    else if (file.state === 'done' && file.form === 'plain' && found.size > file.print.offset && file.seen !== found.mark) this.#rotate(file, false);
    if (file.form === 'plain' && file.state !== 'copy') file.mark = found.mark;
    file.path = found.path;
    file.found = found;
    return true;
  }

  async #holds(file: FollowedFile, found: FoundFile): Promise<boolean | 'moved'> {
    if (file.handle !== undefined) return found.size >= file.taken;
    if (file.print.offset === 0 || file.seen === found.mark || file.checked === found.mark) return true;
    const holds = await beginsWith(found, file.print);
    if (holds === true) file.checked = found.mark;
    return holds;
  }

  /** Another inode with the same content at the same path: copied there anew, or a file system that gives no lasting numbers. */
  async #isReplacedBySame(file: FollowedFile, found: FoundFile | undefined, taken: Set<FoundFile>): Promise<boolean> {
    if (found === undefined || taken.has(found) || file.state !== 'live' || file.form !== 'plain' || this.files.some(({ id }) => id === found.id)) return false;
    if ((await beginsWith(found, file.print)) !== true) return false;
    await file.release();
    [file.id, file.born, file.found, file.located, file.remembered] = [found.id, found.born, found, true, false];
    taken.add(found);
    return true;
  }

  #miss(file: FollowedFile): void {
    file.located = false;
    file.found = undefined;
    if (file.state === 'live') this.#rotate(file, true);
    else if (file.state === 'copy') [file.state, file.id] = ['done', ''];
  }

  #rotate(file: FollowedFile, heirs: boolean): void {
    file.state = 'rotated';
    if (heirs) awaitHeirs(file);
    file.quiet = 0;
    file.since = this.#reading.ctx.clock();
  }

  /** What was read of a file is no longer what it begins with: the rest of it is looked for, and the file is read from its beginning. */
  async cut(file: FollowedFile): Promise<void> {
    await file.close();
    const old = file.beginAnew();
    this.#rotate(old, true);
    this.files.splice(this.files.indexOf(file), 0, old);
  }

  /** Looks among the neighbours for what was rotated away: by its inode, else by its content. */
  async #search(found: readonly FoundFile[], taken: Set<FoundFile>): Promise<void> {
    for (const file of this.files) {
      if (file.state !== 'rotated' || file.located || file.handle !== undefined) continue;
      const match = await this.#neighbour(file, found, taken);
      if (match !== undefined) {
        [file.path, file.id, file.born, file.located, file.remembered] = [match.path, match.id, match.born, true, false];
        if (file.form === 'plain') file.mark = match.mark;
        for (const other of this.files) if (other !== file && other.state === 'copy' && other.id === match.id) other.id = '';
        const listed = found.find(({ path }) => path === match.path);
        if (listed !== undefined) taken.add(listed);
      } else file.quiet += 1;
    }
  }

  async #neighbour(file: FollowedFile, found: readonly FoundFile[], taken: ReadonlySet<FoundFile>): Promise<FoundFile | undefined> {
    const related: FoundFile[] = [];
    for await (const look of this.#besides(file, found)) {
      if ([...taken].some(({ id }) => id === look.id && !this.#isCopy(id))) continue;
      if (isSame(file, look) && (file.print.offset === 0 || file.form !== 'plain' || (await beginsWith(look, file.print)) === true)) return look;
      if (file.form === 'plain' && familyOf(look.path) === familyOf(file.label)) related.push(look);
    }
    for (const look of related) if ((await beginsWith(look, file.print)) === true) return look;
    return undefined;
  }

  /** Files with content in the folder of a file, and those that the pattern names. */
  async *#besides(file: FollowedFile, found: readonly FoundFile[]): AsyncGenerator<FoundFile> {
    const folder = dirname(file.path);
    const names = await readdir(folder).catch(() => []);
    for (const path of new Set([...names.slice(0, siblingsLookedAt).map((name) => join(folder, name)), ...found.map((look) => look.path)])) {
      const look = await lookAt(path).catch(() => undefined);
      if (look !== undefined && look.size > 0) yield look;
    }
  }

  /** Between two looks a file may be rotated away more than once: what was written meanwhile is read behind it, and before one that goes on. */
  async #addHeirs(file: FollowedFile, found: readonly FoundFile[], taken: Set<FoundFile>): Promise<void> {
    const since = modifiedAt(file.heirsSince ?? '');
    file.heirsSince = undefined;
    const heirs: FoundFile[] = [];
    const ids = new Set(this.files.map(({ id }) => id));
    for await (const look of this.#besides(file, found)) {
      const later = isRotatedName(look.path) && familyOf(look.path) === familyOf(file.label) && modifiedAt(look.mark) >= since;
      if (!later || ids.has(look.id) || (await this.#sameAs(look, this.files.filter(({ label }) => label === file.label))) !== undefined) continue;
      ids.add(look.id);
      heirs.push(look);
    }
    heirs.sort(byTime);
    // Where nothing was read of the file itself, what was copied from it while it had another content comes first.
    const earlier = file.print.offset > 0 ? [] : heirs.filter((look) => file.state === 'live' || byTime(look, file) < 0);
    const make = (look: FoundFile): FollowedFile => this.#make(look, file.label, 'rotated');
    this.files.splice(this.files.indexOf(file), 1, ...earlier.map(make), file, ...heirs.filter((look) => !earlier.includes(look)).map(make));
    for (const look of found) if (heirs.some(({ id }) => id === look.id)) taken.add(look);
  }

  #isCopy(id: string): boolean {
    return this.files.some((file) => file.id === id && file.state === 'copy');
  }

  /** True once nothing more can come of it. */
  isLost(file: FollowedFile): boolean {
    return file.state === 'rotated' && !file.located && file.handle === undefined && file.quiet >= (this.#follow ? patience : 1);
  }

  async #addNew(found: readonly FoundFile[]): Promise<void> {
    const settling = this.#settling;
    this.#settling = new Map();
    if (found.length === 0) return;
    const families = Map.groupBy(this.files.filter(({ form, print }) => form === 'plain' && print.offset > 0), ({ label }) => familyOf(label));
    const waiting = new Set(this.files.filter(({ heirsSince }) => heirsSince !== undefined).map(({ label }) => familyOf(label)));
    const ids = new Set(this.files.map(({ id }) => id));
    for (const look of found) {
      // The same file under a second name, by a link.
      if (ids.has(look.id)) continue;
      const family = familyOf(look.path);
      const related = isRotatedName(look.path) ? (families.get(family) ?? []) : [];
      if (isRotatedName(look.path) && waiting.has(family)) continue;
      if (related.length > 0 && this.#follow && settling.get(look.path) !== look.mark) this.#settling.set(look.path, look.mark);
      else {
        const same = await this.#sameAs(look, related);
        this.files.push(this.#make(look, look.path, same === undefined ? 'live' : 'copy'));
        ids.add(look.id);
      }
    }
  }

  async #sameAs(look: FoundFile, related: readonly FollowedFile[]): Promise<FollowedFile | undefined> {
    for (const file of related) {
      if ((await beginsWith(look, file.print)) === true) return file;
      if (file.handle !== undefined && look.size <= file.print.offset && (await isBeginningOf(look, file.handle).catch(() => false))) return file;
    }
    return undefined;
  }

  #make(look: FoundFile, label: string, state: FileState): FollowedFile {
    const { path, id, born, mark } = look;
    const place: FilePlace = { label, path, id, born, form: 'plain', state, offset: 0, line: 1, skip: 0, sequence: this.#reading.last(label), head: '', tail: '', mark };
    const file = new FollowedFile(place, this.#reading, false);
    file.located = true;
    file.found = look;
    return file;
  }

  #forget(): void {
    const done = this.files.filter(({ state, handle, id }) => (state === 'done' && handle === undefined) || (state === 'copy' && id === ''));
    const excess = new Set(done.slice(0, Math.max(0, done.length - rememberedFiles)));
    if (excess.size > 0) this.files = this.files.filter((file) => !excess.has(file));
  }
}

/** What was rotated away beside one that was itself rotated away is no heir of it, but of the one that is written. */
function awaitHeirs(file: FollowedFile): void {
  if (!isRotatedName(file.label)) file.heirsSince ??= file.mark;
}

/** By the last change; within one tick of the system's clock by name. */
function byTime(a: Pick<FoundFile, 'path' | 'mark'>, b: Pick<FoundFile, 'path' | 'mark'>): number {
  return Number(modifiedAt(a.mark) - modifiedAt(b.mark)) || byRotation(a.path, b.path);
}
