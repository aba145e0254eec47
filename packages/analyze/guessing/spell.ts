import { hashOf } from '#learn/sketches/hyperloglog.ts';

/** Attempts of one source, or at one account, that follow each other without a long pause. Plain data of bounded size. */
export interface Spell {
  first: number;
  last: number;
  failures: number;
  successes: number;
  /** Failures of the last minutes: one leaves each minute. */
  level: number;
  /** Names and paths that were tried, or sources that tried, as hashes; the first ones. */
  others: number[];
  /** Which program reported the last failure: the modules of a system each report the same one. */
  teller: string;
  /** How many failures there were when it was told last; 0 when it was not. */
  told: number;
  /** Somebody got in behind it, and that was told. */
  entered: boolean;
}

const hour = 3_600_000;
const minute = 60_000;
/** Guessing that pauses for longer begins anew. */
const pause = 6 * hour;
/** Who was told of is told of again only when there is much more, even behind a pause of a day. */
const remembered = 24 * hour;
/** What several modules say of one failure, they say within so long. */
const together = 3_000;
export const mostOthers = 64;

export function newSpell(time: number): Spell {
  return { first: time, last: time, failures: 0, successes: 0, level: 0, others: [], teller: '', told: 0, entered: false };
}

/** The spell that goes on at `time`, or a new one. */
export function spellAt(known: Spell | undefined, time: number): Spell {
  if (known === undefined || time - known.last > remembered) return newSpell(time);
  if (time - known.last <= pause) return known;
  return { ...newSpell(time), told: known.told };
}

/** Counts a failure; false where another module reported it already. */
export function addFailure(spell: Spell, { other, teller = '', time }: { readonly other: string; readonly teller?: string; readonly time: number }): boolean {
  const again = spell.failures > 0 && teller !== spell.teller && Math.abs(time - spell.last) <= together;
  if (again) return false;
  spell.level = Math.max(0, spell.level - Math.max(0, time - spell.last) / minute) + 1;
  spell.failures += 1;
  spell.teller = teller;
  spell.last = Math.max(spell.last, time);
  const hash = hashOf(other);
  if (other !== '' && spell.others.length < mostOthers && !spell.others.includes(hash)) spell.others.push(hash);
  return true;
}

/** True when somebody should hear of it: the first time, then when there is ten times as much. */
export function isNews(spell: Spell): boolean {
  return spell.told === 0 || spell.failures >= 10 * spell.told;
}
