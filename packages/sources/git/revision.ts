import { SourceError } from '../source-error.ts';
import { tagTarget } from './commit.ts';
import { commitKind, tagKind } from './pack-file.ts';
import type { Repository } from './repository.ts';

const maxTags = 16;
const tagLimit = 16 * 1_048_576;

/** gitrevisions(7), as far as it names commits: names, ids and their beginnings, `~N`, `^N`, `^{...}`. Gives the commit's id. */
export function resolveRevision(repository: Repository, text: string): string {
  const match = /^([^~^:]+)((?:~\d*|\^\d*|\^\{(?:commit)?\})*)$/.exec(text);
  if (match === null || /@\{/.test(text)) throw unknown(text, 'only names, ids, ~N and ^N are understood');
  let number = peel(repository, baseOf(repository, match[1] ?? '', text), text);
  for (const [, kind, count] of (match[2] ?? '').matchAll(/([~^])(\d+|\{[a-z]*\})?/g)) {
    if (count?.startsWith('{')) continue;
    const steps = count === undefined ? 1 : Number(count);
    number = kind === '~' ? ancestor(repository, number, steps, text) : parent(repository, number, steps, text);
  }
  return repository.objects.hex(number);
}

function baseOf(repository: Repository, name: string, text: string): number {
  const { objects, refs, layout } = repository;
  if (name.length === layout.hashBytes * 2 && /^[0-9a-f]+$/.test(name)) return objects.numberOfHex(name);
  const full = name === '@' ? 'HEAD' : name;
  for (const candidate of [full, `refs/${full}`, `refs/tags/${full}`, `refs/heads/${full}`, `refs/remotes/${full}`, `refs/remotes/${full}/HEAD`]) {
    const hex = refs.resolve(candidate);
    if (hex !== undefined) return objects.numberOfHex(hex);
  }
  if (/^[0-9a-f]{4,64}$/.test(name)) {
    const found = objects.startingWith(name);
    if (found.length > 1) throw unknown(text, 'it begins more than one id');
    if (found[0] !== undefined) return objects.numberOfHex(found[0]);
  }
  throw unknown(text, 'no branch, tag or commit has that name here');
}

/** Follows annotated tags to the commit. */
function peel(repository: Repository, start: number, text: string): number {
  let number = start;
  for (let depth = 0; depth < maxTags; depth += 1) {
    const object = repository.objects.read(number, tagLimit);
    if (object?.kind === commitKind) return number;
    if (object?.kind !== tagKind) break;
    number = repository.objects.numberOfHex(tagTarget(object.data, repository.layout.hashBytes));
  }
  throw unknown(text, 'it does not name a commit');
}

function ancestor(repository: Repository, start: number, steps: number, text: string): number {
  let number = start;
  for (let step = 0; step < steps; step += 1) number = parent(repository, number, 1, text);
  return number;
}

function parent(repository: Repository, number: number, which: number, text: string): number {
  if (which === 0) return number;
  const oid = repository.commit(number).parents[which - 1];
  if (oid === undefined) throw unknown(text, 'the history does not go back that far');
  return repository.objects.number(oid, 0);
}

function unknown(text: string, why: string): SourceError {
  return new SourceError('git-ref-unknown', `cannot resolve the git reference "${text}": ${why}`);
}
