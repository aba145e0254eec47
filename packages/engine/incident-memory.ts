import { initialNetwork, rarityLimits } from '#learn/alert-rarity/known.ts';
import type { KindHere, KindKnown, NetworkKnown, PlaceKnown } from '#learn/alert-rarity/known.ts';
import { initialBar } from '#score/incidents/bar.ts';
import type { BarState } from '#score/incidents/bar.ts';
import { stateLimits } from '#score/incidents/correlate.ts';
import type { IncidentState, Occurrence } from '#score/incidents/correlate.ts';
import type { OpenIncident } from '#score/incidents/open-incident.ts';
import { entityRiskLimits } from '#score/entity-risk/entity-risk.ts';
import type { KnownRisk } from '#score/entity-risk/entity-risk.ts';
import type { KeyedMemory } from '#model/stream.ts';
import { changedParts, tableOf } from './entry-parts.ts';
import type { Entries, Part } from './entry-parts.ts';
import type { EntryTable } from './entry-table.ts';

/** The table of a checkpoint that holds what is known against entities. */
export const riskTable = 'entity-risks';

/** What is small, and written whole at each checkpoint. */
export interface DeskMemory {
  readonly network: NetworkKnown;
  readonly bar: BarState;
}

/** What is known of incidents and of alerts: tables that tell what changed. */
export class IncidentMemory {
  readonly state: IncidentState;
  readonly desk: DeskMemory;
  readonly risks: KeyedMemory<KnownRisk>;
  private readonly tables: readonly (readonly [name: string, table: EntryTable<unknown>])[];

  /** With `entries`, those of earlier checkpoints, what changes from here on is known. */
  constructor(entries: Entries | undefined, desk: DeskMemory = { network: initialNetwork(), bar: initialBar() }) {
    const tables: [string, EntryTable<unknown>][] = [];
    const table = <T>(name: string, limit: number): EntryTable<T> => {
      const made = tableOf<T>(entries, name, limit);
      tables.push([name, made]);
      return made;
    };
    this.desk = desk;
    this.state = {
      // Room for what one signal brings beyond the limit: who keeps to it makes room first.
      incidents: table<OpenIncident>('incidents', stateLimits.incidents + 100), entities: table<Occurrence>('incident-entities', stateLimits.entities + 100),
      outbreaks: table<string>('incident-outbreaks', stateLimits.outbreaks), bar: desk.bar,
      rarity: {
        kinds: table<KindKnown>('alert-kinds', rarityLimits.kinds), here: table<KindHere>('alert-kinds-here', rarityLimits.here), places: table<PlaceKnown>('alert-places', rarityLimits.places), network: desk.network,
      },
    };
    this.risks = table<KnownRisk>(riskTable, entityRiskLimits.entities);
    this.tables = tables;
  }

  changedParts(): Part[] {
    return this.tables.flatMap(([name, table]) => changedParts(name, table));
  }
}
