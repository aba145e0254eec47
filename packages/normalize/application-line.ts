/** A line as programs write them for people: a time, how grave it is, often who says it, and what. */
import { timeOf } from './json-fields.ts';
import { recallLast } from './recall-last.ts';

export interface ApplicationLine {
  readonly time: number;
  readonly level: string;
  /** The part of the program that says it, such as a class or a module. */
  readonly logger: string | undefined;
  readonly text: string;
}

const longest = 65_536;
/** ISO 8601 and its kin; the short form of log4j with two digits for the year; six digits and six digits. */
const head = /^\[?(?:(\d{4})[-/](\d\d)[-/](\d\d)[T ](\d\d:\d\d:\d\d(?:[.,]\d{1,9})?)( ?(?:Z|UTC|[+-]\d\d:?\d\d))?|(\d\d)\/(\d\d)\/(\d\d) (\d\d:\d\d:\d\d)|(\d\d)(\d\d)(\d\d) (\d\d)(\d\d)(\d\d))\]?(?=[\s,|[(-])/;
/** In capitals, or as the only word in brackets: prose has the same words. */
const grave = /^[\s,|-]{0,8}(?:(?:\d{1,20}|\([^()\s]{1,60}\)|\[[^[\]]{0,120}\])[\s,|-]{1,8}){0,4}(?:\[?(TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL|CRITICAL|SEVERE|ALERT|EMERGENCY|PANIC|Trace|Debug|Information|Info|Notice|Warning|Warn|Error|Fatal|Critical|Severe)\]?|\[(trace|debug|info|notice|warn|warning|error|fatal|critical|crit|alert|emerg|panic)\])(?=[\s,:|-]|$)[\s,:|-]{0,40}/;
const said = /^(?:[-|]\s{0,4})?(?:\[[^[\]]{0,120}\]\s{0,4}(?:[-|]\s{0,4})?){0,3}([A-Za-z_][\w.$/]{1,120})(?:\s{0,4}\[[^[\]]{0,160}\])?\s{0,4}(?::|\s-|\s\|)\s{1,4}/;
const dotted = /^([A-Za-z_]\w{0,60}(?:\.[A-Za-z_]\w{0,60}){1,10})\s/;

/** What no line of a program begins with is told by its first character alone. */
export const applicationStart = '[0123456789';

export const applicationLine: (value: unknown) => ApplicationLine | undefined = recallLast((value) => {
  if (value.length > longest) return undefined;
  const begun = head.exec(value);
  const time = begun === null ? undefined : timeIn(begun);
  if (begun === null || time === undefined) return undefined;
  const behind = value.slice(begun[0].length);
  const level = grave.exec(behind);
  if (level === null) return undefined;
  const text = behind.slice(level[0].length);
  return { time, level: (level[1] ?? level[2] ?? '').toLowerCase(), logger: (said.exec(text) ?? dotted.exec(text))?.[1], text };
});

function timeIn([, year, month, day, clock, zone = '', shortYear, shortMonth, shortDay, shortClock, ...six]: readonly (string | undefined)[]): number | undefined {
  if (year !== undefined) return timeOf(`${year}-${month}-${day}T${clock?.replace(',', '.')}${zone.trim().replace('UTC', 'Z') || 'Z'}`);
  if (shortYear !== undefined) return timeOf(`20${shortYear}-${shortMonth}-${shortDay}T${shortClock}Z`);
  const [yy, mm, dd, hours, minutes, seconds] = six;
  return timeOf(`20${yy}-${mm}-${dd}T${hours}:${minutes}:${seconds}Z`);
}
