import { visibleText } from '#formats/visible-text.ts';
import { isDegrading } from '#model/diagnostic.ts';
import type { Diagnostic, DiagnosticCode } from '#model/diagnostic.ts';
import type { Io } from './command.ts';

const shownPerCode = 5;

/** Tells on stderr what a watch could not do: the first few of each kind as they come, the number of the others at the end. */
export class WatchNotes {
  private readonly io: Io;
  private readonly quiet: boolean;
  private readonly seen = new Map<DiagnosticCode, number>();

  constructor(io: Io, quiet: boolean) {
    this.io = io;
    this.quiet = quiet;
  }

  add(diagnostic: Diagnostic): void {
    const seen = (this.seen.get(diagnostic.code) ?? 0) + (diagnostic.count ?? 1);
    this.seen.set(diagnostic.code, seen);
    if (seen <= shownPerCode) this.say(diagnostic.code, `${placeOf(diagnostic)}${diagnostic.message}`);
  }

  close(): void {
    for (const [code, seen] of this.seen) if (seen > shownPerCode) this.say(code, `and ${seen - shownPerCode} more like it (${code})`);
  }

  /** Quiet leaves errors in: what lowers the worth of the result is one. */
  private say(code: DiagnosticCode, text: string): void {
    const degrading = isDegrading({ code, message: text });
    if (!this.quiet || degrading) this.io.stderr(`watchward: ${degrading ? 'warning' : 'note'}: ${visibleText(text)}\n`);
  }
}

function placeOf({ path, line }: Diagnostic): string {
  if (path === undefined) return '';
  return line === undefined ? `${path}: ` : `${path}:${line}: `;
}
