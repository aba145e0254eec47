import { clip } from '#formats/clip.ts';
import { visibleText } from '#formats/visible-text.ts';
import { surpriseOf } from '#learn/behaviour/fusion.ts';
import { templateText } from '#learn/templates/miner.ts';
import { daysSeen, linesSeen } from '#learn/templates/oddness.ts';
import type { Template } from '#learn/templates/shelf.ts';
import type { Observation, UnscoredSignal } from '#model/stream.ts';
import type { ProgramStats } from './known.ts';
import type { LogText } from './log-text.ts';
import type { Oddity } from './verdict.ts';

export const rule = 'event/unusual-log-line';
export const model = { model: 'log-lines', version: '1' } as const;

const shownText = 72;
const shownName = 40;

export interface OddLine {
  readonly line: LogText;
  readonly template: Template;
  readonly program: ProgramStats;
  readonly oddity: Oddity;
  /** A word of trouble in it. */
  readonly trouble: string | undefined;
}

export function signalOf(observation: Observation, now: number, { line, template, program, oddity, trouble }: OddLine): UnscoredSignal {
  const who = shown(line.program, shownName);
  const days = daysSeen(program.oddness, now);
  const history = `${plural(Math.floor(days), 'day')} and ${plural(Math.round(linesSeen(program.oddness)), 'line')}`;
  const said = `It reads ${excerpt(template)}`;
  const odds = `; ${rate(oddity.aDay)} as odd are due in a day${trouble === undefined ? '' : `, and it speaks of trouble: ${trouble}`}${program.held === 0 ? '' : `. ${plural(program.held, 'other odd line')} came within an hour of the last that was told`}`;
  const { title, sentence } = tell(who, line, oddity, history);
  return {
    rule, title, severity: trouble === undefined ? 'informational' : 'low', confidence: 'low', message: `${sentence}${odds}. ${said}`, time: observation.time,
    techniques: [], tactics: [], evidence: [], events: [observation.event], references: [], learned: { ...model, surprise: surpriseOf(oddity.chance) },
    falsePositives: ['A new version of the program, or a part of it that was not used so far.'],
  };
}

function tell(who: string, { host }: LogText, { kind, before, number, count }: Oddity, history: string): { readonly title: string; readonly sentence: string } {
  if (kind === 'number' && number !== undefined) {
    return { title: `A number out of range in a line of ${who}`, sentence: `Number ${number.index + 1} of a line of ${who} is far from what it was in ${plural(Math.round(number.seen), 'such line')}: ${round(number.low)} to ${round(number.high)}` };
  }
  if (kind === 'count' && count !== undefined) {
    const where = host === '' ? '' : ` on ${shown(host, shownName)}`;
    return { title: `${who} writes one line far more often than it did`, sentence: `${who}${where} wrote one kind of line ${count.count} times within ten minutes; ${round(count.usual)} is usual, over ${plural(count.windows, 'such window')}` };
  }
  if (before < 0.5) return { title: `A line of a kind that ${who} never wrote before`, sentence: `The first line of its kind from ${who} in ${history}` };
  return { title: `A line of a kind that ${who} seldom writes`, sentence: `A kind of line that ${who} wrote ${plural(Math.round(before), 'time')} in ${history}` };
}

/** What comes after such a word is not shown, whatever it is. */
const secretNames = /\b(passw\w*|passphrase|passcode|pwd|secret|token|api\w?key|cookie|credential|bearer)\b(\s*[=:]\s*|\s+(?:is|of|was)?\s*)[^\s,;]+/gi;
const assignedNames = /\b(pass|key|auth\w*|session\w*|\w*(?:key|secret|token|password))\b(\s*[=:]\s*)[^\s,;]+/gi;
const longestWord = 32;

/** The words of the template; a line that is new has no other one that shows what of it is a value, so that what might be a secret is left out. */
function excerpt(template: Template): string {
  const text = templateText(template).slice(0, 400).replace(secretNames, '$1$2…').replace(assignedNames, '$1$2…').split(' ').map((word) => (word.length > longestWord ? '…' : word)).join(' ');
  return `"${shown(text, shownText)}"`;
}

const shown = (text: string, length: number): string => clip(visibleText(text.slice(0, 2 * length)), length);

function plural(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}

function round(value: number): string {
  return value < 10 ? String(Number(value.toPrecision(2))) : Math.round(value).toLocaleString('en');
}

function rate(aDay: number): string {
  return aDay < 0.01 ? 'less than 0.01' : aDay.toFixed(2);
}
