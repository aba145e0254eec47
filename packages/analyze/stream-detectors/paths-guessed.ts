import { memberAt, memberText } from '#formats/ocsf-member.ts';
import { ocsfClasses } from '#formats/ocsf.ts';
import type { Event } from '#model/event.ts';
import { defineStreamDetector } from '#model/stream.ts';
import type { KeyedMemory, UnscoredSignal } from '#model/stream.ts';
import { addFailure, isNews, mostOthers, type Spell, spellAt } from '../guessing/spell.ts';
import { destinationOf, shown, sourceOf } from '../network/parties.ts';

const title = 'Pages are asked for that are not there';
const references = ['https://attack.mitre.org/techniques/T1595/003/'];
/** So many within minutes, and so many different ones: whoever follows an old link asks for one or two. */
const least = { level: 30, paths: 30 } as const;
/** A page that lost its pictures asks for much that is gone, beside what is there. */
const refusedToAnswered = 3;

/** One source that tries many paths of which hardly any is there: a list of what is often left open, worked through. */
export default defineStreamDetector({
  id: 'event/paths-guessed', title, severity: 'low', confidence: 'high',
  consequence: 'Who finds a forgotten page, a backup or a panel goes on from there.',
  remediation: 'Look at what was answered to the same source, and refuse it at the edge.',
  references,
  initial: {},
  remembers: 20_000,
  wants: ({ event }) => event.class_uid === ocsfClasses.httpActivity.uid,
  step(state: object, { event, time }, _now, memory: KeyedMemory<Spell>) {
    const source = sourceOf(event);
    const code = memberAt(event, 'http_response', 'code');
    if (source === undefined || typeof code !== 'number') return { state, signals: [], diagnostics: [] };
    const missing = code === 404 || code === 403 || code === 410;
    const known = memory.get(source);
    // Who was never refused is not remembered: those are nearly all.
    if (!missing && known === undefined) return { state, signals: [], diagnostics: [] };
    const spell = spellAt(known, time);
    if (missing) addFailure(spell, { other: memberText(event, 'http_request', 'url', 'path') ?? '', time });
    else spell.successes += 1;
    memory.set(source, spell);
    return { state, signals: missing && isSearch(spell) && isNews(spell) ? [tell(spell, event, source)] : [], diagnostics: [] };
  },
});

function isSearch({ level, failures, successes, others }: Spell): boolean {
  return level >= least.level && others.length >= least.paths && failures >= refusedToAnswered * successes;
}

function tell(spell: Spell, event: Event, source: string): UnscoredSignal {
  spell.told = spell.failures;
  const target = destinationOf(event);
  const paths = spell.others.length >= mostOthers ? `${mostOthers} paths or more` : `${spell.others.length} paths`;
  const minutes = Math.max(1, Math.round((spell.last - spell.first) / 60_000));
  return {
    rule: 'event/paths-guessed', title, severity: 'low', confidence: 'high', time: event.time, techniques: ['T1595.003'], tactics: ['reconnaissance'], evidence: [], events: [event], references,
    message: `${shown(source)} looks for what is not there${target === undefined ? '' : ` at ${shown(target)}`}: ${spell.failures} requests refused, for ${paths}, in ${minutes} min; ${spell.successes} answered`,
    falsePositives: ['Tests that were agreed on.', 'Search engines, after a site was moved.'],
  };
}
