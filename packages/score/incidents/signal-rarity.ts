import { memberText } from '#formats/ocsf-member.ts';
import { day } from '#learn/alert-rarity/known.ts';
import type { RarityState } from '#learn/alert-rarity/known.ts';
import { weighAlert } from '#learn/alert-rarity/rarity.ts';
import type { Rarity } from '#learn/alert-rarity/rarity.ts';
import { ocsfClasses } from '#formats/ocsf.ts';
import type { Signal } from '#model/event.ts';
import type { RoledEntity } from './entities.ts';
import { entityKey } from './entities.ts';

/** How rare a signal is for where it happened, and what follows for the incident that it belongs to. */
export interface SignalRarity extends Rarity {
  /** Key of the entity that it happened at. */
  readonly place: string;
  /** What it is called for a person. */
  readonly placeName: string;
  /** An outbreak at its place may tie it: another product reports it, or it names nobody who acted. */
  readonly ofPlace: boolean;
  /** Of low severity and common here: it joins, and neither opens an incident nor keeps one awake. */
  readonly routine: boolean;
}

/** Before so long nothing is called routine. */
export const learningPeriod = day;
const longestKind = 200;

/** Weighs a signal by what was known before it, then learns it. */
export function rarityOf(state: RarityState, signal: Signal, entities: readonly RoledEntity[]): SignalRarity {
  const at = placeOf(entities);
  const place = at === undefined ? '' : entityKey(at);
  const rarity = weighAlert(state, { kind: kindOf(signal), place, time: signal.time });
  const imported = signal.events[0]?.class_uid === ocsfClasses.detectionFinding.uid;
  return {
    ...rarity, place, placeName: at === undefined ? 'an unnamed place' : `${at.kind} ${at.name}`, ofPlace: imported || !entities.some(({ role }) => role === 'actor'),
    routine: signal.severity === 'low' && rarity.rare === 0 && rarity.watched >= learningPeriod,
  };
}

/** What others report is of a kind by their rule, ours by our rule. */
function kindOf(signal: Signal): string {
  const [event] = signal.events;
  if (event?.class_uid !== ocsfClasses.detectionFinding.uid) return signal.rule;
  const named = memberText(event, 'finding_info', 'analytic', 'uid') ?? memberText(event, 'finding_info', 'title') ?? signal.title;
  return `${signal.rule}\n${event.metadata.product.name}\n${named}`.slice(0, longestKind);
}

/** Where it happened: the machine, else what stands in for one. */
function placeOf(entities: readonly RoledEntity[]): RoledEntity | undefined {
  return (
    entities.find(({ kind, role }) => kind === 'host' && role === 'place') ?? entities.find(({ kind }) => kind === 'host') ?? entities.find(({ kind }) => kind === 'repository') ??
    entities.find(({ kind }) => kind === 'account') ?? entities.find(({ role }) => role === 'target') ?? entities[0]
  );
}
