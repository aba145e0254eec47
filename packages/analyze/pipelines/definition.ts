import type { DefinitionChange } from '#formats/pipeline-run.ts';
import { day } from '#learn/behaviour/clock.ts';
import { markOf } from '#learn/behaviour/mark.ts';
import { chanceOfValue, learnValue, raritySize, slotsSeen } from '#learn/behaviour/rarity.ts';
import { halfLife } from './aspects.ts';

/** What is known of how a repository's pipelines are defined: recent changes, and who makes them. There is one as soon as a push names its files. */
export interface Definitions {
  readonly changes: KnownChange[];
  readonly editors: Float32Array;
}

export interface KnownChange {
  readonly at: number;
  /** Marks of the files. */
  readonly paths: readonly number[];
  /** The first of them, for a person. */
  readonly path: string;
  readonly branch: string;
  readonly sha: string;
  readonly editor: string;
  /** The chance that a change is made by somebody who makes them as seldom, and on how many changes that rests. */
  readonly editorChance: number;
  readonly editorRests: number;
}

const mostChanges = 12;
const editorPlaces = 12;
/** A change that no run has shown for so long will not explain one. */
const lasts = 14 * day;
const law = { halfLife: 2 * halfLife, slot: 3_600_000 };

export function noDefinitions(): Definitions {
  return { changes: [], editors: new Float32Array(raritySize(editorPlaces)) };
}

/** Remembers a push; one that touched no definition says only that pushes name their files here. */
export function learnChange(known: Definitions, { paths, sha, ref, actor }: DefinitionChange, now: number): void {
  const [path] = paths;
  if (path === undefined) return;
  const editor = (actor ?? 'somebody').toLowerCase();
  const mark = markOf(editor);
  known.changes.push({ at: now, paths: paths.map((one) => markOf(one.toLowerCase())), path, branch: shortRef(ref), sha: sha ?? '', editor, editorChance: chanceOfValue(known.editors, mark, now, law), editorRests: slotsSeen(known.editors) });
  learnValue(known.editors, mark, now, law);
  while (known.changes.length > mostChanges) known.changes.shift();
}

export interface Asked {
  readonly path: string | undefined;
  readonly branch: string | undefined;
  readonly sha: string | undefined;
  /** Changes up to this time have been seen in runs. */
  readonly since: number;
}

/** The newest change that explains why a run is unlike those before; `unknown` where pushes do not tell. */
export function changeFor(known: Definitions | undefined, { path, branch, sha, since }: Asked, now: number): KnownChange | 'unknown' | undefined {
  if (known === undefined) return 'unknown';
  const mark = path === undefined ? undefined : markOf(path.replace(/@.*$/, '').toLowerCase());
  return known.changes.findLast((change) => change.at > since && now - change.at <= lasts && touches(change, mark) && (change.sha === sha || change.branch === shortRef(branch ?? '') || shared.test(change.branch)));
}

/** Branches that others are taken from: what changes here reaches runs of every branch, sooner or later. */
const shared = /^(?:main|master|trunk|develop|dev|production|release)$/;

/** Which file a workflow has may not be told; then any change may be its own. Actions of the repository are used by all of its workflows. */
function touches({ paths, path }: KnownChange, mark: number | undefined): boolean {
  return mark === undefined || paths.includes(mark) || !/^\.github\/workflows\//i.test(path);
}

function shortRef(ref: string): string {
  return ref.replace(/^refs\/(?:heads|tags)\//, '');
}
