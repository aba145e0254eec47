import type { SigmaRule } from '#formats/sigma.ts';
import type { RuleInfo, TextRule } from '#model/rule.ts';
import type { StreamUnit } from '#model/stream.ts';
import type { Severity, Surface } from '#model/severity.ts';
import { CliError } from './command.ts';
import { didYouMean } from './suggest.ts';

/** One rule or detector of any kind, as `rules` and `explain` show it. */
export interface CatalogueEntry {
  readonly id: string;
  readonly title: string;
  readonly surface: Surface;
  readonly severity: Severity;
  readonly kind: 'rule' | 'detector' | 'sigma';
  /** Of rules and detectors about files. */
  readonly info?: RuleInfo;
  readonly rule?: TextRule;
  /** Of rules about events. */
  readonly sigma?: { readonly rule: SigmaRule; readonly yaml: string };
  readonly stream?: StreamUnit;
}

/** Everything that is built in, sorted by id. */
export async function loadCatalogue(): Promise<ReadonlyMap<string, CatalogueEntry>> {
  const [{ loadContent }, { ruleInfos, selectUnits }] = await Promise.all([import('#engine/content.ts'), import('#engine/units.ts')]);
  const selection = selectUnits({ rules: [], surfaces: [], persona: 'auditor' }, { rules: [], patterns: [] });
  const rules = new Map(loadContent().rules.map((rule) => [rule.id, rule]));
  const entries: CatalogueEntry[] = [...ruleInfos(selection).values()].map((info) => {
    const { id, title, surface, severity, kind } = info;
    const rule = rules.get(id);
    return { id, title, surface, severity, kind, info, ...(rule === undefined ? {} : { rule }) };
  });
  entries.push(...(await sigmaEntries()), ...(await streamEntries()));
  return new Map(entries.sort((a, b) => (a.id < b.id ? -1 : 1)).map((entry) => [entry.id, entry]));
}

async function sigmaEntries(): Promise<CatalogueEntry[]> {
  const [{ loadEventContent }, { parseSigma }] = await Promise.all([import('#engine/content.ts'), import('#formats/sigma.ts')]);
  return loadEventContent().sigma.flatMap(({ id, yaml }) => {
    const { rules, correlations } = parseSigma(yaml);
    const [behind] = rules;
    // A correlation speaks for the rules that stand behind it.
    const rule = behind === undefined ? undefined : { ...behind, ...correlations[0] };
    return rule === undefined ? [] : [{ id, title: rule.title, surface: 'event', severity: rule.level, kind: 'sigma', sigma: { rule, yaml } }];
  });
}

async function streamEntries(): Promise<CatalogueEntry[]> {
  const { streamDetectors } = await import('#generated/stream-detectors.ts');
  return streamDetectors.map((stream) => ({ id: stream.id, title: stream.title, surface: 'event', severity: stream.severity, kind: 'detector', stream }));
}

/** The entry with this id, or with this name after its surface. Throws with a suggestion. */
export function findEntry(catalogue: ReadonlyMap<string, CatalogueEntry>, id: string): CatalogueEntry {
  const found = catalogue.get(id) ?? [...catalogue.values()].find((entry) => entry.id.split('/')[1] === id);
  if (found !== undefined) return found;
  throw new CliError('usage', `there is no rule "${id}"`, suggestionFor(id, [...catalogue.keys()]) ?? '`watchward rules list` names them all.');
}

/** Ids in which the word stands, else the one that was probably meant, by its whole id. */
function suggestionFor(word: string, ids: readonly string[]): string | undefined {
  const holding = word.length < 3 ? [] : ids.filter((id) => id.includes(word.toLowerCase()));
  if (holding.length > 0) return `The word stands in ${holding.slice(0, mostSuggested).join(', ')}${holding.length > mostSuggested ? ` and ${holding.length - mostSuggested} more; \`watchward rules list\` names them all` : ''}.`;
  const whole = new Map(ids.map((id) => [word.includes('/') ? id : (id.split('/')[1] ?? id), id]));
  return didYouMean(word, whole.keys(), (name) => `\`${whole.get(name) ?? name}\``);
}

const mostSuggested = 5;
