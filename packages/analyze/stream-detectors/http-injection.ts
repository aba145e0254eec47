import type { Diagnostic } from '#model/diagnostic.ts';
import { defineStreamDetector, type StreamStep, type UnscoredSignal } from '#model/stream.ts';
import { carriesRequest, exchangeOf, type Exchange } from '../http/exchange.ts';
import { judgeRequest } from '../http/request.ts';
import { scannerOf } from '../http/scanners.ts';
import { count, mostSightings, type Sightings } from '../http/sightings.ts';
import { answerOf, kindOf, tellHit, tellScanner, type Told } from '../http/telling.ts';

const id = 'event/http-injection';
const references = ['https://owasp.org/www-community/Injection_Flaws', 'https://cwe.mitre.org/data/definitions/74.html'];

/** Decodes what a request carries, reads it in each language that a program behind it may speak, and judges what it would do there. */
export default defineStreamDetector<Sightings>({
  id: 'event/http-injection',
  title: 'Injection in an HTTP request',
  severity: 'high',
  confidence: 'medium',
  consequence: 'Where the program puts the value into a query, a command, a page, a path or a template, the sender decides what it does.',
  remediation: 'Look at what the server answered and at what followed from the same address; bind values as parameters and escape them where they are used.',
  references,
  initial: { seen: new Map(), forgot: false },
  wants: carriesRequest,
  step(state, observation) {
    const exchange = exchangeOf(observation);
    if (exchange === undefined) return { state, signals: [], diagnostics: [] };
    const { hits, cut } = judgeRequest(exchange.request);
    const told = [...scannerTold(state, exchange), ...hits.flatMap((hit) => {
      const times = count(state, [exchange.source, exchange.target, kindOf(hit)], answerOf(exchange));
      return times === undefined ? [] : [tellHit(hit, exchange, times)];
    })];
    const signals = told.map((one): UnscoredSignal => ({
      rule: id, ...one, time: observation.time, events: [observation.event], references,
      falsePositives: ['Security tests that were agreed on.', 'Pages on which people write code, queries or markup on purpose.'],
    }));
    return { state, signals, diagnostics: [...(cut ? [cutShort()] : []), ...forgotten(state)] } satisfies StreamStep<Sightings>;
  },
});

function scannerTold(state: Sightings, exchange: Exchange): Told[] {
  const name = scannerOf(exchange.userAgent);
  if (name === undefined) return [];
  const times = count(state, [exchange.source, exchange.target, 'scanner'], answerOf(exchange));
  return times === undefined ? [] : [tellScanner(name, exchange, times)];
}

function cutShort(): Diagnostic {
  return { code: 'rule-over-budget', rule: id, message: 'a request carries more or longer values than are judged; the detector of injections saw their first part' };
}

function forgotten(state: Sightings): Diagnostic[] {
  if (state.forgot || state.seen.size < mostSightings) return [];
  state.forgot = true;
  return [{ code: 'rule-over-budget', rule: id, message: `more than ${mostSightings} sources and kinds of injection are counted; those unseen for longest are forgotten and would be told of again` }];
}
