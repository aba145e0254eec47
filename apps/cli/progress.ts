import type { Finding } from '#model/finding.ts';
import { visibleText } from '#formats/visible-text.ts';
import type { Io } from './command.ts';

const pause = 100;

/** What is told on stderr while a scan works: that it began, its first finding, and on a terminal a bar. */
export class Progress {
  private readonly io: Io;
  private readonly started: number;
  private readonly bar: boolean;
  private readonly quiet: boolean;
  private drawnAt = 0;
  private found = 0;

  constructor(io: Io, options: { readonly quiet: boolean; readonly bar: boolean }) {
    this.io = io;
    this.started = io.now().getTime();
    this.quiet = options.quiet;
    this.bar = options.bar && !options.quiet;
  }

  begin(label: string): void {
    if (!this.quiet) this.io.stderr(`watchward: scanning ${visibleText(label)}\n`);
  }

  finding(finding: Finding): void {
    this.found++;
    if (this.quiet || this.found > 1) return;
    const { path, region } = finding.location;
    const seconds = ((this.io.now().getTime() - this.started) / 1000).toFixed(1);
    this.clear();
    this.io.stderr(`watchward: first finding after ${seconds} s: ${finding.severity}, ${visibleText(path)}:${region.startLine}: ${visibleText(finding.title)}\n`);
  }

  advance({ files, total, bytes }: { readonly files: number; readonly total: number; readonly bytes: number }): void {
    const now = this.io.now().getTime();
    if (!this.bar || now - this.drawnAt < pause) return;
    this.drawnAt = now;
    const width = Math.max(0, Math.min(30, this.io.columns - 50));
    const done = total === 0 ? 1 : files / total;
    const filled = Math.round(done * width);
    const found = this.found === 0 ? '' : `, ${this.found} found`;
    const bar = `[${'#'.repeat(filled)}${'.'.repeat(width - filled)}]`;
    this.io.stderr(`\r\u001b[K${bar} ${Math.floor(done * 100)} %  ${files}/${total} files, ${(bytes / 1e6).toFixed(0)} MB${found}`);
  }

  clear(): void {
    if (this.bar && this.drawnAt > 0) this.io.stderr('\r\u001b[K');
  }
}
