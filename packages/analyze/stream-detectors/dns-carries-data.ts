import { memberAt, memberText } from '#formats/ocsf-member.ts';
import { liftScore, newScore, placeScore } from '#learn/behaviour/growing-score.ts';
import type { GrowingScore } from '#learn/behaviour/growing-score.ts';
import { surpriseOf } from '#learn/behaviour/fusion.ts';
import { chanceOfScore, scoresSeen, tailSize } from '#learn/behaviour/tail.ts';
import type { TailLaw } from '#learn/behaviour/tail.ts';
import { spellSize, tailWeight } from '#learn/behaviour/trust.ts';
import { distinctIn, hashOf, seeValue, sketchSize } from '#learn/sketches/hyperloglog.ts';
import type { Event } from '#model/event.ts';
import { defineStreamDetector } from '#model/stream.ts';
import type { Judgement, KeyedMemory, UnscoredSignal } from '#model/stream.ts';
import { askedName } from '../network/names.ts';
import { bytesShown, shown, sourceOf } from '../network/parties.ts';
import { allows, bar, day, dayOf, model, newBudget } from '../network/telling.ts';

interface State {
  /** Of what a client writes into the names of one domain in a day. */
  readonly carried: Float32Array;
  readonly budget: Float32Array;
  firstAt: number;
}

/** A client and a domain, or a domain alone (`client` is empty), on one day. */
interface Entry extends GrowingScore {
  day: number;
  names: Uint8Array;
  letters: number;
  questions: number;
  texts: number;
  told: boolean;
  odd: boolean;
  /** When it was odd last, as `spell` keeps it. */
  readonly spell: Float32Array;
  /** How much was carried on the busiest days before, faded; days seen. */
  usual: number;
  days: number;
}

const id = 'event/dns-carries-data';
const title = 'Names that are asked for carry data';
/** Bits of a letter in base 32. */
const bytesOfLetter = 5 / 8;
/** Shorter names, `www` and `api`, have no room for data and are not counted. */
const leastLetters = 8;
const leastBytes = 1_000;
const leastNames = 12;
const graveBytes = 4_000;
const leastDays = 3;
const leastScores = 50;
/** A domain of which so many days are known is judged by them too. */
const knownDays = 3;
const trust = { odd: 0.02, least: 0.1, spell: 14 * day };
/** A pair of client and domain carries b bytes in a day: what is thought of it before anything is seen. */
const law: TailLaw = { halfLife: 30 * day, priorWeight: 50, prior: (score) => (1 + Math.expm1(score / 2) / 100) ** -2 };

/** Data that leaves in questions to the resolver: many names that are long and never come again, below one domain, more than anybody here writes into a domain in a day. */
export default defineStreamDetector({
  id: 'event/dns-carries-data', title, severity: 'medium', confidence: 'medium',
  consequence: 'Resolvers hand questions on to whoever owns the domain, past every firewall and proxy: what stands in the names has left.',
  remediation: 'Find the process that asks, decode some of the names, and have the resolver refuse the domain.',
  references: ['https://attack.mitre.org/techniques/T1071/004/', 'https://attack.mitre.org/techniques/T1048/003/'],
  initial: { carried: new Float32Array(tailSize), budget: newBudget(), firstAt: 0 } satisfies State as State,
  remembers: 50_000,
  wants: ({ event }) => event.class_uid === 4003,
  step(state: State, { event, time }, _now, memory: KeyedMemory<Entry>) {
    const client = sourceOf(event);
    const name = askedName(memberText(event, 'query', 'hostname') ?? '');
    if (client === undefined || name === undefined) return { state, signals: [], diagnostics: [] };
    if (state.firstAt === 0) state.firstAt = time;
    if (name.prefix.length < leastLetters) return { state, signals: [], diagnostics: [] };
    const judged: Judgement[] = [];
    const pair = today(memory, `${client}\0${name.domain}`, time, (entry) => judged.push({ model: model.model, surprise: surpriseOf(chanceOfScore(state.carried, entry.score, law)) }));
    const domain = today(memory, `\0${name.domain}`, time);
    const isNew = ask(pair, name.prefix, event);
    ask(domain, name.prefix, event);
    memory.set(`\0${name.domain}`, domain);
    memory.set(`${client}\0${name.domain}`, pair);
    if (!isNew && pair.score >= 0) return { state, signals: [], diagnostics: [], judged };
    const bytes = carriedBy(pair);
    const score = 2 * Math.log1p(bytes);
    liftScore(state.carried, pair, time, law);
    const chance = Math.max(chanceOfScore(state.carried, score, law), chanceOfDay(domain, bytes));
    // A day counts in the tail with the weight that it had when it began to be odd.
    const weight = pair.odd ? pair.weight : tailWeight(pair.spell, chance, time, trust);
    pair.odd = chance < trust.odd;
    placeScore(state.carried, pair, score, time, law, weight);
    if (!isOdd(state, pair, bytes, chance, time)) return { state, signals: [], diagnostics: [], judged };
    const { tells, diagnostics } = allows(state.budget, id, chance, time);
    if (!tells) return { state, signals: [], diagnostics, judged };
    pair.told = true;
    return { state, signals: [signalOf(event, { client, domain: name.domain, pair, history: domain, bytes, chance, days: (time - state.firstAt) / day })], diagnostics, judged };
  },
});

function isOdd(state: State, pair: Entry, bytes: number, chance: number, time: number): boolean {
  const knows = time - state.firstAt >= leastDays * day && scoresSeen(state.carried) >= leastScores;
  return knows && !pair.told && bytes >= leastBytes && chance <= bar && distinctIn(pair.names) >= leastNames;
}

/** The entry of today; a day that is over is learned. */
function today(memory: KeyedMemory<Entry>, key: string, time: number, over?: (entry: Entry) => void): Entry {
  const known = memory.get(key);
  const now = dayOf(time);
  if (known !== undefined && known.day >= now) return known;
  if (known !== undefined && known.score >= 0) over?.(known);
  const usual = known === undefined ? 0 : Math.max(known.usual * 0.9 ** Math.min(100, now - known.day), Math.min(carriedBy(known), known.days < knownDays ? Infinity : 3 * known.usual + leastBytes));
  return { ...newScore(), day: now, names: new Uint8Array(sketchSize), letters: 0, questions: 0, texts: 0, told: false, odd: false, spell: known?.spell ?? new Float32Array(spellSize), usual, days: (known?.days ?? -1) + 1 };
}

/** True where the name was not asked for before today. */
function ask(entry: Entry, prefix: string, event: Event): boolean {
  const type = memberText(event, 'query', 'type');
  entry.questions += 1;
  entry.letters += lettersIn(prefix);
  if (type === 'TXT' || type === 'NULL' || type === '16' || type === '10' || memberAt(event, 'query', 'type_id') === 16) entry.texts += 1;
  return seeValue(entry.names, hashOf(prefix));
}

function lettersIn(prefix: string): number {
  let letters = 0;
  for (let at = 0; at < prefix.length; at += 1) if (prefix.charCodeAt(at) !== 46) letters += 1;
  return letters;
}

function carriedBy({ names, letters, questions }: Entry): number {
  return questions === 0 ? 0 : distinctIn(names) * (letters / questions) * bytesOfLetter;
}

/** Where a domain's days are known, a day on which one client asks for no more than twice what all did is no news. */
function chanceOfDay({ usual, days }: Entry, bytes: number): number {
  return days >= knownDays && bytes <= 2 * usual ? 1 : 0;
}

interface Found {
  readonly client: string;
  readonly domain: string;
  readonly pair: Entry;
  readonly history: Entry;
  readonly bytes: number;
  readonly chance: number;
  readonly days: number;
}

function signalOf(event: Event, { client, domain, pair, history, bytes, chance, days }: Found): UnscoredSignal {
  const grave = bytes >= graveBytes || (pair.texts > 0.5 * pair.questions && history.days < knownDays);
  const texts = pair.texts === 0 ? '' : `, ${Math.round((100 * pair.texts) / pair.questions)} % of them for texts`;
  const before = history.days < 1 ? `nobody asked for such names there before today` : `on the ${history.days} days that such names were asked for before, at most about ${bytesShown(history.usual)}`;
  return {
    rule: id, title, severity: grave ? 'medium' : 'low', confidence: history.days < 1 && grave ? 'medium' : 'low',
    message: `${title}: ${shown(client)} asked for about ${Math.round(distinctIn(pair.names))} different names below ${shown(domain)} today, ${Math.round(pair.letters / pair.questions)} letters each${texts}: room for ${bytesShown(bytes)}; ${before}; ${shareShown(chance)} of clients' days with one domain carry as much, of those with names of ${leastLetters} letters and more (${Math.floor(days)} days known)`,
    time: event.time, techniques: ['T1071.004', 'T1048.003'], tactics: ['command-and-control', 'exfiltration'], evidence: [], events: [event],
    references: ['https://attack.mitre.org/techniques/T1071/004/'],
    falsePositives: ['Lists of spam and malware that are asked by name, when a machine begins to use them', 'Networks of delivery and measurement that write identifiers into names'],
    learned: { ...model, surprise: surpriseOf(chance) },
  };
}

function shareShown(chance: number): string {
  return `${Number((100 * chance).toPrecision(2))} %`;
}

