import { join } from 'node:path';
import { readRegular } from '../read-file.ts';
import { SourceError } from '../source-error.ts';
import { type CommitFacts, parseCommit } from './commit.ts';
import { type GitLayout, layoutOf } from './discover.ts';
import { ObjectStore } from './objects.ts';
import { blobKind, commitKind, treeKind } from './pack-file.ts';
import { RefStore } from './refs.ts';
import { resolveRevision } from './revision.ts';

const commitLimit = 64 * 1_048_576;
const treeLimit = 256 * 1_048_576;
const shallowLimit = 64 * 1_048_576;

/** Opens a git directory for reading; throws a SourceError when it is none. Close it when done. */
export function openRepository(gitDir: string): Repository {
  const layout = layoutOf(gitDir);
  if (layout === undefined) throw new SourceError('git-missing', `${gitDir} is no git directory`);
  if (layout.config.get('extensions.refstorage')?.toLowerCase() === 'reftable') {
    throw new SourceError('git-unsupported', 'the repository keeps its references in reftables, which are not read yet');
  }
  return new Repository(layout);
}

export class Repository {
  readonly layout: GitLayout;
  readonly objects: ObjectStore;
  readonly refs: RefStore;
  /** Commits whose parents a shallow clone left out. */
  readonly #shallow: ReadonlySet<string>;

  constructor(layout: GitLayout) {
    this.layout = layout;
    this.objects = new ObjectStore(layout);
    this.refs = new RefStore(layout);
    const bytes = readRegular(join(layout.commonDir, 'shallow'), { limit: shallowLimit });
    this.#shallow = new Set(bytes?.toString('latin1').split('\n').filter((line) => line !== ''));
  }

  close(): void {
    this.objects.close();
  }

  /** The id of the commit that a branch, tag, id or expression such as `HEAD~3` names. */
  resolveRef(text: string): string {
    return resolveRevision(this, text);
  }

  commit(number: number): CommitFacts {
    const facts = parseCommit(this.#read(number, commitKind, commitLimit), this.layout.hashBytes);
    if (this.#shallow.size === 0 || !this.#shallow.has(this.objects.hex(number))) return facts;
    return { ...facts, parents: [] };
  }

  tree(number: number): Buffer {
    return this.#read(number, treeKind, treeLimit);
  }

  #read(number: number, kind: number, limit: number): Buffer {
    const object = this.objects.read(number, limit);
    if (object === undefined) throw new SourceError('git-limit', `git object ${this.objects.hex(number)} is too large`);
    if (object.kind !== kind) throw new SourceError('git-corrupt', `git object ${this.objects.hex(number)} is of the wrong kind`);
    return object.data;
  }
}

/** The content of a blob, undefined when it is larger than the limit. */
export function readBlob(repository: Repository, oid: string, limitBytes: number): Buffer | undefined {
  const object = repository.objects.read(repository.objects.numberOfHex(oid), limitBytes);
  if (object === undefined) return undefined;
  if (object.kind !== blobKind) throw new SourceError('git-corrupt', `git object ${oid} is no file`);
  return object.data;
}
