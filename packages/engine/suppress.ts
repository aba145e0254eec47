import type { IgnoreComment } from '#analyze/ignore-comments.ts';
import type { Diagnostic } from '#model/diagnostic.ts';
import type { Finding } from '#model/finding.ts';
import type { Suppression } from '#model/suppression.ts';
import { matchesGlob } from '#formats/glob.ts';
import { bytePath } from '#sources/byte-path.ts';
import { PatternList } from '#sources/ignore/patterns.ts';
import type { FileSuppression } from './options.ts';

/** The ignore comments of a file that hold, and those that something met. */
interface Commented {
  readonly path: string;
  readonly current: readonly IgnoreComment[];
  readonly used: Set<IgnoreComment>;
}

/** Applies suppressions to the findings of one run and reports those that are expired or match nothing (law 9). */
export class Suppressor {
  private readonly entries: { readonly entry: FileSuppression; readonly paths: ((path: string) => boolean) | undefined; used: boolean }[];
  private readonly today: string;
  private readonly commented: Commented[] = [];
  /** Of each path what was given last. */
  private readonly latest = new Map<string, Commented>();
  /** Findings that comments of another tool hide. */
  private hidden = 0;
  readonly diagnostics: Diagnostic[] = [];

  constructor(entries: readonly FileSuppression[], today: string) {
    this.today = today;
    this.entries = entries.filter((entry) => this.isCurrent(entry.rule, entry.until, undefined)).map((entry) => {
      const patterns = new PatternList(entry.paths.map(bytePath).join('\n'), false);
      return { entry, paths: entry.paths.length === 0 ? undefined : (path: string) => covers(patterns, path), used: false };
    });
  }

  /** Marks findings of one file. Its comments are given once; a later pass over the same file leaves them out. */
  apply(path: string, findings: readonly Finding[], comments: readonly IgnoreComment[] = []): Finding[] {
    if (comments.length > 0) {
      const current = comments.filter(({ suppression, line, only }) => only !== undefined || this.isCurrent(suppression.rule, suppression.until ?? '', { path, line }));
      const entry = { path, current, used: new Set<IgnoreComment>() };
      this.commented.push(entry);
      this.latest.set(path, entry);
    }
    const commented = this.latest.get(path);
    return findings.map((finding) => {
      const comment = commented?.current.find((candidate) => isNear(candidate, finding));
      if (comment !== undefined) commented?.used.add(comment);
      if (comment?.only !== undefined) this.hidden++;
      const suppression = comment?.suppression ?? this.fromConfiguration(finding);
      return suppression === undefined ? finding : { ...finding, suppression };
    });
  }

  /** To be called once all passes are through. */
  reportUnused(): void {
    for (const { path, current, used } of this.commented) {
      for (const comment of current) {
        if (used.has(comment) || comment.only !== undefined) continue;
        const message = `the ignore comment for ${comment.suppression.rule} matches nothing; remove it`;
        this.diagnostics.push({ code: 'suppression-unused', path, line: comment.line, message });
      }
    }
    if (this.hidden > 0) {
      const message = `${this.hidden} findings of your own rules are hidden by nosemgrep comments, which give no reason and never expire; \`watchward:ignore RULE until=DATE -- reason\` does both`;
      this.diagnostics.push({ code: 'suppression-unlimited', count: this.hidden, message });
    }
    for (const { entry, used } of this.entries) {
      if (used) continue;
      const message = `the suppression of ${entry.rule} by ${entry.owner} matches nothing; remove it`;
      this.diagnostics.push({ code: 'suppression-unused', rule: entry.rule, message });
    }
  }

  private fromConfiguration(finding: Finding): Suppression | undefined {
    for (const candidate of this.entries) {
      const { entry, paths } = candidate;
      if (!matchesGlob(finding.rule, entry.rule)) continue;
      if (paths !== undefined && !paths(finding.location.path)) continue;
      if (entry.fingerprints.length > 0 && !entry.fingerprints.includes(finding.fingerprint)) continue;
      candidate.used = true;
      return { kind: 'file', rule: entry.rule, reason: entry.reason, owner: entry.owner, until: entry.until };
    }
    return undefined;
  }

  private isCurrent(rule: string, until: string, at: { path: string; line: number } | undefined): boolean {
    if (until >= this.today) return true;
    const message = `the suppression of ${rule} expired on ${until}; fix the finding or renew it with a reason`;
    this.diagnostics.push({ code: 'suppression-expired', rule, message, ...at });
    return false;
  }
}

/** As in an ignore file: what matches a folder matches all that is in it. */
function covers(patterns: PatternList, path: string): boolean {
  const bytes = bytePath(path);
  for (let at = bytes.indexOf('/'); at !== -1; at = bytes.indexOf('/', at + 1)) if (patterns.decide(bytes.slice(0, at), true) === true) return true;
  return patterns.decide(bytes, false) === true;
}

/** A comment covers its own line and the next one. */
function isNear({ line, suppression, only }: IgnoreComment, finding: Finding): boolean {
  const { startLine, endLine } = finding.location.region;
  const near = only !== undefined ? startLine === only : (startLine === line || startLine === line + 1 || (startLine <= line && line <= endLine));
  return near && matchesGlob(finding.rule, suppression.rule);
}
