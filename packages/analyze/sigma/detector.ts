import type { Diagnostic } from '#model/diagnostic.ts';
import type { Event } from '#model/event.ts';
import type { Logsource, StreamDetector, StreamStep } from '#model/stream.ts';
import type { CompiledRule } from './compile.ts';
import { routeTo } from './logsource.ts';
import { noMatch, SigmaMatcher } from './matcher.ts';
import { signalsOf } from './signal.ts';
import { CacheBudget } from './value-cache.ts';

/** Single-event rules remember nothing. */
export type SigmaState = null;

/** Rules with this product read the OCSF event; all others read the original record. */
const ocsfProduct = 'ocsf';

/** All Sigma rules as one stream detector. Rules are routed by logsource first, then found by their literals. `recognised`: logsources that records show by their look. */
export function sigmaDetector(rules: readonly CompiledRule[], recognised: readonly Logsource[] = []): StreamDetector<SigmaState> {
  const native = rules.filter(({ rule }) => rule.logsource.product !== ocsfProduct);
  const normalised = rules.filter(({ rule }) => rule.logsource.product === ocsfProduct);
  const matcherFor = routes(native, recognised);
  const ocsfMatcherFor = routes(normalised, []);
  return {
    initial: null,
    step(state, observation) {
      const own = matcherFor(observation.logsource).match(observation.record);
      const ocsf = normalised.length === 0 ? noMatch : ocsfMatcherFor({ product: ocsfProduct, category: categoryOf(observation.event) }).match(observation.event);
      // Most events concern no rule, and are never built.
      if (own === noMatch && ocsf === noMatch) return nothing;
      const results = [own, ocsf];
      const { event } = observation;
      return {
        state,
        signals: signalsOf(ocsf.rules.length === 0 ? own.rules : [...own.rules, ...ocsf.rules], event),
        diagnostics: [
          ...(results.some((result) => result.limited) ? [limitReached(event)] : []),
          ...results.flatMap((result) => result.failed).map(({ id }) => ruleFailed(id, event)),
        ],
      };
    },
  };
}

const nothing: StreamStep<SigmaState> = { state: null, signals: [], diagnostics: [] };

const mostMatchers = 500;

/** One matcher for each logsource that has been seen: mappings have few. By its three names one after the other, which costs less than a name made of them. */
function routes(rules: readonly CompiledRule[], recognised: readonly Logsource[]): (source: Logsource) => SigmaMatcher {
  const matchers = new Map<string | undefined, Map<string | undefined, Map<string | undefined, SigmaMatcher>>>();
  const budget = new CacheBudget();
  let count = 0;
  return (source) => {
    const known = matchers.get(source.product)?.get(source.service)?.get(source.category);
    if (known !== undefined) return known;
    if (count++ >= mostMatchers) {
      matchers.clear();
      count = 1;
    }
    const matcher = new SigmaMatcher(rules.filter(routeTo(source, recognised)), budget);
    const services = matchers.get(source.product) ?? new Map<string | undefined, Map<string | undefined, SigmaMatcher>>();
    const categories = services.get(source.service) ?? new Map<string | undefined, SigmaMatcher>();
    matchers.set(source.product, services.set(source.service, categories.set(source.category, matcher)));
    return matcher;
  };
}

/** `API Activity` is `api_activity`. */
function categoryOf(event: Event): string {
  return event.class_name.toLowerCase().replace(/[^a-z0-9]+/g, '_');
}

function limitReached(event: Event): Diagnostic {
  return {
    code: 'rule-over-budget',
    message: `${nameOf(event)} is larger or deeper than rules may look at; they saw only its first part`,
  };
}

function ruleFailed(rule: string, event: Event): Diagnostic {
  return { code: 'rule-failed', rule, message: `rule ${rule} failed on ${nameOf(event)} and gave no answer` };
}

function nameOf({ metadata }: Event): string {
  return metadata.uid === undefined ? 'a record without an id' : `record ${metadata.uid}`;
}

