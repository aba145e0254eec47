import { memberAt, memberText } from '#formats/ocsf-member.ts';
import { ocsfClasses } from '#formats/ocsf.ts';
import { isPrivateAddress } from '#formats/private-address.ts';
import type { Event } from '#model/event.ts';
import type { Severity } from '#model/severity.ts';
import { defineStreamDetector } from '#model/stream.ts';
import type { KeyedMemory, Observation, UnscoredSignal } from '#model/stream.ts';
import { addFailure, isNews, mostOthers, type Spell, spellAt } from '../guessing/spell.ts';
import { destinationOf, shown, sourceOf } from '../network/parties.ts';

const id = 'event/password-guessing';
const title = 'Passwords are guessed';
const references = ['https://attack.mitre.org/techniques/T1110/', 'https://pages.nist.gov/800-63-4/sp800-63b.html'];
/** So many failures within minutes; people who mistype stop earlier, or are locked. */
const quickly = 9;
/** Slow guessing: many names, or very many failures, without a pause. */
const slowly = { failures: 15, names: 5 } as const;
const forLong = 60;
/** Behind one address of an office many sign in, and most of them succeed. */
const failuresToSuccess = 3;
/** Many sources that try one account, a few times each. */
const spread = { sources: 10, failures: 20 } as const;
/** A sign-in behind so much guessing is no person who remembered. */
const entry = { names: 3, failures: 20, within: 3_600_000 } as const;

/** Failed sign-ins that follow each other from one source, or at one account, and the sign-in that succeeds behind them. */
export default defineStreamDetector({
  id: 'event/password-guessing', title, severity: 'medium', confidence: 'medium',
  consequence: 'Whoever guesses one password acts as its owner.',
  remediation: 'Refuse the source, ask for a second factor, and look for sign-ins from the same source that succeeded.',
  references,
  initial: {},
  remembers: 50_000,
  wants: ({ event }) => event.class_uid === ocsfClasses.authentication.uid,
  step(state: object, observation: Observation, _now, memory: KeyedMemory<Spell>) {
    const source = sourceOf(observation.event);
    if (source === undefined || memberAt(observation.event, 'activity_id') !== 1) return { state, signals: [], diagnostics: [] };
    const outcome = memberAt(observation.event, 'status_id');
    const signals = outcome === 2 ? refused(memory, observation, source) : outcome === 1 ? admitted(memory, observation, source) : [];
    return { state, signals, diagnostics: [] };
  },
});

function refused(memory: KeyedMemory<Spell>, { event, time }: Observation, source: string): UnscoredSignal[] {
  const name = nameOf(event)?.toLowerCase() ?? '';
  const teller = memberText(event, 'metadata', 'product', 'name') ?? '';
  const target = targetOf(event);
  const bySource = spellAt(memory.get(source), time);
  if (!addFailure(bySource, { other: name, teller, time })) return [];
  memory.set(source, bySource);
  const signals = isGuessing(bySource) && isNews(bySource) ? [tellSource(bySource, event, source, target)] : [];
  if (name === '') return signals;
  const key = `\0${name}\0${target}`;
  const byAccount = spellAt(memory.get(key), time);
  if (addFailure(byAccount, { other: source, teller, time })) memory.set(key, byAccount);
  if (byAccount.others.length >= spread.sources && byAccount.failures >= spread.failures && isNews(byAccount)) signals.push(tellAccount(byAccount, event, target));
  return signals;
}

function isGuessing({ level, failures, successes, others }: Spell): boolean {
  if (failures < failuresToSuccess * successes) return false;
  return level >= quickly || (failures >= slowly.failures && others.length >= slowly.names) || failures >= forLong;
}

function admitted(memory: KeyedMemory<Spell>, { event, time }: Observation, source: string): UnscoredSignal[] {
  const spell = memory.get(source);
  if (spell === undefined) return [];
  spell.successes += 1;
  memory.set(source, spell);
  const meant = spell.told > 0 && (spell.others.length >= entry.names || spell.failures >= entry.failures) && spell.failures >= failuresToSuccess * spell.successes;
  if (!meant || spell.entered || time - spell.last > entry.within) return [];
  spell.entered = true;
  const who = nameOf(event) ?? 'somebody';
  return [{
    ...common(event), title: 'Sign-in succeeded behind guessed passwords', severity: 'high', confidence: 'medium', techniques: ['T1110', 'T1078'], tactics: ['credential-access', 'initial-access'],
    message: `${shown(source)} signed in as ${shown(who)}${at(targetOf(event))} after ${failuresOf(spell)}${namesOf(spell)}`,
    falsePositives: ['A program whose password was changed, and then mended.'],
  }];
}

function tellSource(spell: Spell, event: Event, source: string, target: string): UnscoredSignal {
  spell.told = spell.failures;
  const many = spell.others.length >= slowly.names;
  const severity: Severity = many || isOutside(source) ? 'medium' : 'low';
  return {
    ...common(event), severity, confidence: many ? 'high' : 'medium', techniques: [many ? 'T1110.003' : 'T1110.001'], tactics: ['credential-access'],
    message: `${shown(source)} guesses passwords${at(target)}: ${failuresOf(spell)}${namesOf(spell)} within ${lasting(spell)}`,
    falsePositives: ['A program that keeps a password which was changed.', 'Tests of passwords that were agreed on.'],
  };
}

function tellAccount(spell: Spell, event: Event, target: string): UnscoredSignal {
  spell.told = spell.failures;
  const name = nameOf(event) ?? '';
  return {
    ...common(event), title: 'Passwords of one account are guessed from many sources', severity: 'low', confidence: 'high', techniques: ['T1110.001'], tactics: ['credential-access'],
    message: `${countOf(spell.others.length)} sources guess the password of ${shown(name)}${at(target)}: ${failuresOf(spell)} within ${lasting(spell)}`,
    falsePositives: ['Programs on many machines that keep a password which was changed.'],
  };
}

/** The machine that was to be entered, else the service. */
function targetOf(event: Event): string {
  return memberText(event, 'device', 'hostname') ?? destinationOf(event) ?? memberText(event, 'service', 'name') ?? '';
}

function nameOf(event: Event): string | undefined {
  const name = memberText(event, 'user', 'name') ?? memberText(event, 'user', 'uid');
  return name === 'unknown' ? undefined : name;
}

function common(event: Event): Pick<UnscoredSignal, 'rule' | 'title' | 'time' | 'events' | 'evidence' | 'references'> {
  return { rule: id, title, time: event.time, events: [event], evidence: [], references };
}

function at(target: string): string {
  return target === '' || target === 'unknown' ? '' : ` at ${shown(target)}`;
}

function failuresOf({ failures }: Spell): string {
  return `${failures} failed sign-ins`;
}

function namesOf({ others }: Spell): string {
  return others.length < 2 ? '' : ` with ${countOf(others.length)} names`;
}

function countOf(number: number): string {
  return number >= mostOthers ? `${mostOthers} or more` : String(number);
}

function lasting({ first, last }: Spell): string {
  const minutes = Math.max(1, Math.round((last - first) / 60_000));
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}

/** An address beyond one's own networks; a name is of a machine of one's own. */
function isOutside(source: string): boolean {
  return /^[\d.]+$|:/.test(source) && !isPrivateAddress(source);
}
