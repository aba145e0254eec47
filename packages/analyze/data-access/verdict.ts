import { clip } from '#formats/clip.ts';
import { visibleText } from '#formats/visible-text.ts';
import type { DataAccess } from '#formats/data-access.ts';
import { surpriseOf } from '#learn/behaviour/fusion.ts';
import { severities } from '#model/severity.ts';
import type { Severity } from '#model/severity.ts';
import type { Observation, UnscoredSignal } from '#model/stream.ts';
import { short } from '../pipelines/reasons.ts';
import type { chainOf } from './chain.ts';
import type { Odd } from './judge.ts';
import type { Pair } from './window.ts';

export const rule = 'event/unusual-data-access';
export const model = { model: 'unusual-data-access', version: '1' } as const;
const reference = 'https://attack.mitre.org/techniques/T1530/';
const strong = 0.02;
const mostReasons = 4;
/** What was opened, and to whom: two names. */
const longestDeed = 160;

/** Reading that is unlike what was read before: low, and medium where three kinds of things are odd at once. */
export function readSignal(observation: Observation, access: DataAccess, pair: Pair, { chance, reasons }: Odd, days: number): UnscoredSignal | undefined {
  if (!reasons.some(({ grave }) => grave)) return undefined;
  const kinds = new Set(reasons.filter((one) => one.chance <= strong).map(({ aspect }) => (aspect === 'objects' || aspect === 'breadth' || aspect === 'bytes' || aspect === 'rows' ? 'volume' : aspect)));
  const severity = guarded(kinds.has('volume') && kinds.size >= 3 ? 'medium' : 'low', access);
  const message = `${short(access.principal)} read ${short(access.store)} unlike before within the hour: ${reasons.slice(0, mostReasons).map(({ clause }) => clause).join('; ')}; ${pair.hours === 0 ? 'no earlier hours of it are known' : `${pair.hours} earlier hours in ${Math.max(1, Math.round(days))} days`}${guardedClause(access)}. As odd is 1 in ${Math.round(1 / Math.max(chance, 1e-9)).toLocaleString('en-US')} of such hours`;
  return { ...base(observation), title: 'Data read unlike before', severity, message, techniques: ['T1530'], tactics: ['collection'], learned: { ...model, surprise: surpriseOf(chance) } };
}

/** Read in bulk, and opened or sent to others within hours by the same hand, whichever came first. */
export function chainSignal(observation: Observation, access: DataAccess, chain: NonNullable<ReturnType<typeof chainOf>>, link: string, chance: number): UnscoredSignal {
  const hours = Math.abs(chain.bulk.at - chain.leave.at) / 3_600_000;
  const apart = hours < 1.5 ? `${Math.round(hours * 60)} min` : `${hours.toFixed(1)} h`;
  const message = `${short(access.principal)} read ${short(chain.bulk.store)} in bulk (${chain.bulk.size} within an hour), and ${clip(visibleText(clip(chain.leave.what, longestDeed)), longestDeed)} ${apart} ${chain.leave.at < chain.bulk.at ? 'before' : 'after'}, by the same ${link}${guardedClause(access)}`;
  return { ...base(observation), title: 'Data read in bulk and opened to others', severity: guarded('medium', access), confidence: 'medium', message, techniques: ['T1530', 'T1537'], tactics: ['collection', 'exfiltration'], learned: { ...model, surprise: surpriseOf(chance) } };
}

function base({ event, time }: Observation): Pick<UnscoredSignal, 'rule' | 'confidence' | 'time' | 'evidence' | 'events' | 'references' | 'falsePositives'> {
  return { rule, confidence: 'low', time, evidence: [], events: [event], references: [reference], falsePositives: ['A migration, an export for a customer, or a backup that is new'] };
}

function guarded(severity: Severity, access: DataAccess): Severity {
  return access.guarded ? (severities[Math.max(0, severities.indexOf(severity) - 1)] ?? severity) : severity;
}

function guardedClause(access: DataAccess): string {
  return access.guarded ? '; what lies there is tokenised or encrypted' : '';
}

