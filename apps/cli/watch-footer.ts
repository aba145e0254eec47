import type { WatchSummary } from '#engine/watch-run.ts';
import { exitCodes } from './command.ts';
import { counted } from './counted.ts';

/** One line at the end: what was read, found and sent. */
export function footer(summary: WatchSummary, { at, below }: { readonly at: number; readonly below: number }, receivers: readonly string[] = []): string {
  const parts = [
    `${counted(summary.records, 'record')} read`,
    `${summary.mapped} mapped, ${summary.unmapped} unmapped, ${summary.unreadable} unreadable`,
    `${counted(summary.rulesLoaded, 'rule')}, ${summary.rulesSkipped} skipped`,
    `${counted(at, 'signal')}${below === 0 ? '' : ` and ${below} below the threshold`}${summary.dismissed === 0 ? '' : `, ${summary.dismissed} of them dismissed`}`,
    `${counted(summary.incidents, 'incident')}${heldText(summary)}`,
    `${summary.seconds.toFixed(1)} s`,
    receivers.length === 0 ? '0 bytes sent' : `sent only to ${receivers.join(', ')}`,
  ];
  return `watchward: ${parts.join('; ')}\n`;
}

/** What the budget left out is said, and where it is. */
function heldText({ held, budget }: WatchSummary): string {
  return budget === undefined ? '' : `, ${held} more held back by the budget of ${budget} a day (\`watchward incidents list --all\` where they are kept)`;
}

/** Where what could not be read lies. */
export function asideText({ unreadable }: WatchSummary): string {
  return unreadable === 0 ? '' : `watchward: what could not be read is laid aside; \`watchward dead-letters\` says why, and hands it on with --raw\n`;
}

/** As for a scan: what cannot be believed outweighs what was found. */
export function exitCode(summary: WatchSummary, signals: number): number {
  if (summary.degraded) return exitCodes.failed;
  if (summary.records === 0) return exitCodes.nothing;
  return signals > 0 ? exitCodes.findings : exitCodes.clean;
}
