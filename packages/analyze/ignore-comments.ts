import type { Document } from '#model/artifact.ts';
import type { Diagnostic } from '#model/diagnostic.ts';
import type { Suppression } from '#model/suppression.ts';
import { readNosemgrep } from './nosemgrep.ts';

/** An ignore comment and the line it stands on; it covers that line and the next. */
export interface IgnoreComment {
  readonly line: number;
  readonly suppression: Suppression;
  /** The one line that it covers; it comes from another tool, and nothing is said when it meets nothing. */
  readonly only?: number;
}

const marker = 'watchward:ignore';
const form = /^watchward:ignore[ \t]+(?<rule>[a-z]+\/[A-Za-z0-9._*-]+)(?<words>(?:[ \t]+[a-z]+=[^\s]+)*)[ \t]+--[ \t]+(?<reason>[^\r\n]{3,300})/;

/** Ignore comments in one file; no person writes more. */
const most = 1_000;

/** What follows the marker where it is meant: a rule, or nothing at all. Elsewhere it is only spoken of. */
const intended = /^(?:[ \t]+[a-z]+\/|[ \t]*(?:\r?\n|$|\*\/|-->))/;

/**
 * Reads `watchward:ignore RULE until=YYYY-MM-DD [by=OWNER] -- reason`. A suppression without rule, expiry or reason has no
 * effect and is reported (law 9).
 */
export function readIgnoreComments(doc: Document): { comments: IgnoreComment[]; diagnostics: Diagnostic[] } {
  const comments: IgnoreComment[] = [];
  const diagnostics: Diagnostic[] = [];
  let line = 1;
  let counted = 0;
  for (let at = doc.text.indexOf(marker); at !== -1; at = doc.text.indexOf(marker, at + marker.length)) {
    line += countLines(doc.text, counted, at);
    counted = at;
    if (comments.length + diagnostics.length >= most) {
      diagnostics.push({ code: 'suppression-invalid', path: doc.path, line, message: `more than ${most} ignore comments; the rest of the file's have no effect` });
      break;
    }
    if (!intended.test(doc.text.slice(at + marker.length, at + marker.length + 40))) continue;
    const suppression = parse(doc.text.slice(at, at + 600));
    if (typeof suppression === 'object') comments.push({ line, suppression });
    else diagnostics.push({ code: 'suppression-invalid', path: doc.path, line, message: suppression });
  }
  return { comments: [...comments, ...readNosemgrep(doc.text)], diagnostics };
}

function parse(text: string): Suppression | string {
  const groups = form.exec(text)?.groups;
  if (groups === undefined) return 'ignore comment without effect: write `watchward:ignore RULE until=YYYY-MM-DD -- reason`';
  const words = new Map((groups.words ?? '').trim().split(/\s+/).filter(Boolean).map((word) => splitOnce(word)));
  const until = words.get('until');
  if (until === undefined || !/^\d{4}-\d\d-\d\d$/.test(until)) return 'ignore comment without effect: it needs `until=YYYY-MM-DD`';
  const owner = words.get('by');
  const reason = (groups.reason as string).replace(/\s*(?:\*\/|-->|#\}|\*\})\s*$/, '').trim();
  return { kind: 'inline', rule: groups.rule as string, reason, until, ...(owner === undefined ? {} : { owner }) };
}

function splitOnce(word: string): [string, string] {
  const at = word.indexOf('=');
  return [word.slice(0, at), word.slice(at + 1)];
}

function countLines(text: string, from: number, to: number): number {
  let lines = 0;
  for (let at = text.indexOf('\n', from); at !== -1 && at < to; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}
