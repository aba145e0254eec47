import { clip } from '#formats/clip.ts';
import { isoTime } from '#formats/iso-time.ts';
import { visibleText } from '#formats/visible-text.ts';
import type { Signal } from '#model/event.ts';
import { timeUnknown } from './incident-words.ts';

/** One signal on one line for a person: time, risk, severity, message, rule. */
export function signalLine(signal: Signal): string {
  const time = signal.time === 0 ? timeUnknown.padEnd('2026-11-28T09:14:02Z'.length) : isoTime(signal.time).replace('.000Z', 'Z');
  const risk = String(Math.round(signal.risk.score)).padStart(3);
  return `${time}  ${risk}  ${signal.severity.padEnd(13)}  ${visibleText(clip(signal.message, 400))}  [${visibleText(signal.rule)}]`;
}
