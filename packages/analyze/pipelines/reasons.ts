import { clip } from '#formats/clip.ts';
import { visibleText } from '#formats/visible-text.ts';
import { markOf } from '#learn/behaviour/mark.ts';
import type { Answer } from '#learn/behaviour/profile.ts';
import { aspects } from './aspects.ts';
import type { NamedFact } from './occasion.ts';

/** Why an event is odd under one aspect, as a clause with numbers. */
export interface Reason {
  readonly aspect: string;
  readonly chance: number;
  readonly clause: string;
  /** The same reason, next time. */
  readonly mark: number;
}

const longest = 48;
/** What is less odd is no reason. */
const oddEnough = 0.1;

export function reasonOf(answer: Answer, fact: NamedFact, usualNames: readonly string[]): Reason | undefined {
  if (answer.chance > oddEnough) return undefined;
  const { clause, what } = clauseOf(answer, fact, usualNames);
  return { aspect: answer.aspect, chance: answer.chance, clause, mark: markOf(`${answer.aspect} ${what}`) };
}

function clauseOf(answer: Answer, { amount = 0, texts }: NamedFact, usualNames: readonly string[]): { readonly clause: string; readonly what: string } {
  const { aspect, rests, times, rarest, unseen, lacked, middle } = answer;
  const noun = aspects.get(aspect)?.noun ?? aspect;
  const seen = Math.max(1, Math.round(rests));
  if (aspect === 'seconds' || aspect === 'jobs') return { clause: `${aspect === 'jobs' ? `job ${short(texts[0] ?? '')} ` : ''}took ${span(amount)} where ${span(middle)} is usual`, what: `${texts[0] ?? ''}${amount > middle ? 'long' : 'short'}` };
  if (aspect === 'size') return { clause: `size ${bytes(amount)} where ${bytes(middle)} is usual`, what: amount > middle ? 'large' : 'small' };
  if (aspect === 'hour') return { clause: `at ${texts[0] ?? ''}, as seldom as ${percent(answer.chance)} of its hours`, what: '' };
  if (lacked !== 0) {
    const name = usualNames.find((one) => markOf(one) === lacked);
    return { clause: `without ${noun} ${name === undefined ? 'that it always has' : short(name)}, for the first time in ${seen}`, what: `without ${lacked}` };
  }
  const text = rarest >= 0 ? (texts[rarest] ?? '') : (texts[0] ?? '');
  const others = unseen > 1 ? ` and ${unseen - 1} more` : '';
  return { clause: times < 0.5 ? `${noun} ${short(text)}${others} for the first time in ${seen}` : `${noun} ${short(text)}, seen in ${percent(times / Math.max(times, rests))} of ${seen}`, what: text };
}

export function short(text: string): string {
  return clip(visibleText(clip(text, longest)), longest);
}

export function percent(part: number): string {
  const value = part * 100;
  return `${value >= 10 ? Math.round(value) : value >= 1 ? value.toFixed(1) : value >= 0.1 ? value.toFixed(2) : '< 0.1'} %`;
}

function span(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}

export function bytes(size: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB', 'PB'] as const;
  const step = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, size)) / 3)));
  return `${(size / 1000 ** step).toFixed(step === 0 ? 0 : 1)} ${units[step]}`;
}
