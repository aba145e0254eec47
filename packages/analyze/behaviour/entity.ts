/** What is kept of one entity: one array of numbers, whose parts are the states of `learn/behaviour`. */
import { placeSize } from '#learn/behaviour/places.ts';
import { raritySize } from '#learn/behaviour/rarity.ts';
import { rhythmSize } from '#learn/behaviour/rhythm.ts';
import { volumeSize } from '#learn/behaviour/volume.ts';
import { aspects } from './deed.ts';
import type { Aspect } from './deed.ts';

/** What may be odd of a day, and of which family it is: what tends to be odd together counts once. */
export const oddities = {
  action: 'what', resource: 'whom', newcomer: 'whom', tool: 'with', host: 'with', network: 'where', country: 'where', travel: 'where', hour: 'when', events: 'how much', failures: 'how much', firsts: 'how much',
} as const;
export type Oddity = keyof typeof oddities;
export const oddityNames = Object.keys(oddities) as Oddity[];
/** Their places in what is kept. */
export const orderOf = Object.fromEntries(oddityNames.map((oddity, index) => [oddity, index])) as Readonly<Record<Oddity, number>>;
export const families = new Set(Object.values(oddities)).size;

const places: Readonly<Record<Aspect, number>> = { action: 16, resource: 16, tool: 8, host: 6, network: 8, country: 5 };

/** Fields of an entity by themselves. */
export const field = { first: 0, began: 1, last: 2, told: 3, group: 4, score: 5, sittings: 6, severity: 7, spell: 8, grouped: 9 } as const;
const fields = 10;

/** Of each oddity: the smallest chance of the sitting, how often it was asked, the mark of what was oddest, and when it was last odd. */
const perOddity = 4;

type Part = Aspect | 'fields' | 'oddities' | 'rhythm' | 'place' | 'events' | 'failures' | 'firsts';

const sizes: readonly (readonly [Part, number])[] = [
  ['fields', fields], ['oddities', oddityNames.length * perOddity], ...aspects.map((aspect) => [aspect, raritySize(places[aspect])] as const),
  ['rhythm', rhythmSize], ['place', placeSize], ['events', volumeSize], ['failures', volumeSize], ['firsts', volumeSize],
];

let length = 0;
/** Where each part begins and ends. */
const bounds = Object.fromEntries(sizes.map(([part, size]) => {
  const from = length;
  length += size;
  return [part, { from, to: length }];
})) as Readonly<Record<Part, { readonly from: number; readonly to: number }>>;

/** Numbers of an entity; four bytes each. */
export const entityLength = length;

export function newEntity(): Float32Array {
  return new Float32Array(entityLength);
}

export function partOf(entity: Float32Array, part: Part): Float32Array {
  const { from, to } = bounds[part];
  return entity.subarray(from, to);
}

/** The oddities of the sitting. */
export class Sitting {
  private readonly state: Float32Array;

  constructor(entity: Float32Array) {
    this.state = partOf(entity, 'oddities');
  }

  begin(): void {
    for (const index of oddityNames.keys()) {
      this.state[index * perOddity] = 1;
      this.state[index * perOddity + 1] = 0;
      this.state[index * perOddity + 2] = 0;
    }
  }

  /** Notes that the question was asked, and its answer; `anew`: it is not the same question that was asked last. True when nothing has been as odd in this sitting. */
  note(oddity: Oddity, chance: number, mark: number, anew = true): boolean {
    const at = orderOf[oddity] * perOddity;
    if (anew || this.state[at + 1] === 0) this.state[at + 1] = (this.state[at + 1] as number) + 1;
    if (chance >= (this.state[at] as number)) return false;
    this.state[at] = chance;
    this.state[at + 2] = mark;
    return true;
  }

  /** The chance that the oddest of as many answers is at least as odd (Šidák). */
  chance(oddity: Oddity): number {
    const at = orderOf[oddity] * perOddity;
    const [least, asked] = [this.state[at] as number, this.state[at + 1] as number];
    return asked <= 1 ? least : -Math.expm1(asked * Math.log1p(-Math.min(least, 1 - 1e-9)));
  }

  mark(oddity: Oddity): number {
    return this.state[orderOf[oddity] * perOddity + 2] as number;
  }

  /** Where it is kept when the entity was last odd in this way. */
  spell(oddity: Oddity): Float32Array {
    const at = orderOf[oddity] * perOddity + 3;
    return this.state.subarray(at, at + 1);
  }
}
