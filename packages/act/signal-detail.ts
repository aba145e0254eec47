import type { Signal } from '#model/event.ts';
import { moment, say } from './incident-words.ts';
import { wrapTo } from './pretty/layout.ts';
import { makePen } from './pretty/pen.ts';

/** One signal with all that is known of it, for a person at a terminal; every line ends. */
export function signalDetail(signal: Signal, { color, width }: { readonly color: boolean; readonly width: number }): string {
  const pen = makePen(color);
  const room = Math.max(40, Math.min(width, 140));
  const part = (label: string, lines: readonly string[], most = 4): readonly string[] => (
    lines.length === 0 ? [] : ['', pen.bold(label), ...lines.flatMap((line) => wrapTo(say(line, 600), room - 2, most).map((one) => `  ${one}`))]
  );
  const events = signal.events.slice(0, 12).map((event) => `${moment(event.time)} ${event.class_name}${event.metadata.uid === undefined ? '' : `, id ${event.metadata.uid}`}, from ${event.metadata.product.name}`);
  const lines = [
    `${pen.score[signal.severity](` ${String(Math.round(signal.risk.score)).padStart(3)} `)}  ${pen.severity[signal.severity](signal.severity)}  ${pen.dim(`${moment(signal.time)} UTC`)}`,
    ...wrapTo(say(signal.title, 300), room, 2).map((line) => pen.bold(line)),
    '',
    ...wrapTo(say(signal.message, 2_000), room, 12),
    ...part('Rule', [signal.rule]),
    ...part('ATT&CK', [...signal.tactics.slice(0, 14), ...signal.techniques.slice(0, 20)].length === 0 ? [] : [[...signal.tactics.slice(0, 14), ...signal.techniques.slice(0, 20)].join(', ')]),
    ...part('Evidence', signal.evidence.slice(0, 20).map(({ detail }) => detail)),
    ...part(`Why it is ranked ${Math.round(signal.risk.score)}`, signal.risk.factors.slice(0, 20).map(({ detail, name, on, weight }) => `${weight} on ${on}: ${detail === '' ? name : detail}`)),
    ...part('Events', signal.events.length > events.length ? [...events, `and ${signal.events.length - events.length} more`] : events),
    ...part('Known to be harmless when', signal.falsePositives.slice(0, 10)),
    ...part('See', signal.references.slice(0, 10)),
  ];
  return `${lines.join('\n')}\n`;
}
