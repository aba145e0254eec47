import { statSync } from 'node:fs';
import type { EnrichmentOptions } from '#engine/enrichment.ts';
import type { WatchUnits } from '#engine/watch-run.ts';
import type { Diagnostic } from '#model/diagnostic.ts';
import { severities } from '#model/severity.ts';
import { CliError } from './command.ts';
import type { Invocation, OptionSpec } from './command.ts';
import { modelsOffOption } from './scan-options.ts';
import { WatchOutput } from './watch-output.ts';

export const watchFormats = ['ocsf', 'pretty'] as const;
const shown = ['signals', 'incidents', 'both'] as const;

/** Options of every command that runs event rules. */
export const unitOptions = {
  rules: { type: 'string', value: 'DIR', multiple: true, path: true, setting: 'user', help: 'Sigma rules of your own: a file or a folder' },
  'rule-settings': { type: 'string', value: 'FILE', path: true, setting: 'user', help: 'YAML with values for the placeholders of rules and names of fields by logsource' },
  geo: { type: 'string', value: 'FILE', multiple: true, path: true, setting: 'user', help: 'MaxMind database: places and networks of addresses' },
  assets: { type: 'string', value: 'FILE', multiple: true, path: true, setting: 'user', help: 'CSV or JSON of machines: address or host, owner, criticality' },
  identities: { type: 'string', value: 'FILE', multiple: true, path: true, setting: 'user', help: 'CSV or JSON of people: user, department, privileged' },
  indicators: { type: 'string', value: 'FILE', multiple: true, path: true, setting: 'user', help: 'STIX 2.1 bundle or plain list of addresses, names, hashes, URLs to tell of' },
  'models-off': modelsOffOption,
  findings: { type: 'string', value: 'FILE', path: true, help: 'JSON report of a scan: incidents on the same code weigh more' },
  budget: { type: 'string', value: 'N', setting: 'user', number: { min: 1, max: 1_000, whole: true }, help: 'Most incidents a day that are told; the rest is kept and searchable. Without it, all are told' },
} as const satisfies { readonly [name: string]: OptionSpec };

export const outputOptions = {
  format: { type: 'string', short: 'f', choices: watchFormats, setting: 'env', help: 'How to print: pretty on a terminal, ocsf elsewhere' },
  show: { type: 'string', choices: shown, setting: 'env', help: 'What to print: incidents for a person, signals for programs, if not given' },
  severity: { type: 'string', choices: severities, default: 'low', setting: 'user', help: 'Lowest severity that is printed and counts' },
  most: { type: 'string', value: 'N', default: '10', number: { min: 1, max: 100_000, whole: true }, help: 'Most incidents that are told at the end' },
} as const satisfies { readonly [name: string]: OptionSpec };

/** The user's files about parties of events. */
export function enrichmentOf({ options }: Invocation): EnrichmentOptions {
  return { geo: options.list('geo'), assets: options.list('assets'), identities: options.list('identities'), indicators: options.list('indicators') };
}

/** What is known and who is told, for every command that runs event rules. Heavy modules come in here. */
export async function watchUnits(invocation: Invocation, note: (diagnostic: Diagnostic) => void): Promise<Omit<WatchUnits, 'onSignal' | 'onUpdate' | 'onDiagnostic'>> {
  const { options, io, signal } = invocation;
  for (const path of options.list('rules')) readable(path);
  const [{ loadEventContent }, { mappings }, { streamDetectors }, { findingIndex }, { loadEnrichment }, { switchedOff }] = await Promise.all([
    import('#engine/content.ts'), import('#generated/mappings.ts'), import('#generated/stream-detectors.ts'), import('#engine/finding-index.ts'), import('#engine/enrichment.ts'), import('#engine/model-switch.ts'),
  ]);
  const report = options.text('findings');
  const settings = options.text('rule-settings');
  const budget = options.number('budget');
  const { enrich, detectors, diagnostics } = loadEnrichment(enrichmentOf(invocation));
  const off = switchedOff(options.list('models-off'));
  [...diagnostics, ...off.diagnostics].forEach(note);
  return {
    enrich, ...(settings === undefined ? {} : { ruleSettings: settings }),
    ruleDirs: options.list('rules'), mappings, detectors: [...streamDetectors.filter(({ id }) => !off.units.has(id)), ...detectors], contentRules: loadEventContent().sigma, clock: () => io.now().getTime(), signal,
    ...(report === undefined ? {} : { findings: findingIndex(report) }), ...(budget === undefined ? {} : { budget }),
  };
}

/** `silent`: something else shows what is found; it is counted all the same. `only`: the id of the incident that is meant. */
export async function watchOutput({ options, io }: Invocation, asTheyCome: boolean, { silent = false, only }: { readonly silent?: boolean; readonly only?: string } = {}): Promise<WatchOutput> {
  const { watchPrinters } = await import('#engine/incident-printer.ts');
  const format = watchFormats.find((name) => name === options.text('format')) ?? (io.stdoutIsTTY ? 'pretty' : 'ocsf');
  const show = (only === undefined ? shown.find((name) => name === options.text('show')) : 'incidents') ?? (format === 'pretty' ? 'incidents' : 'signals');
  return new WatchOutput(io, watchPrinters(format, { color: io.color.stdout, width: io.columns }), {
    signals: show !== 'incidents' && !silent, incidents: show !== 'signals' && !silent, asTheyCome,
    threshold: severities.find((name) => name === options.text('severity')) ?? 'low', most: options.number('most') ?? 10, ...(only === undefined ? {} : { only }),
  });
}

export function readable(path: string): void {
  try {
    statSync(path);
  } catch (cause) {
    throw new CliError('usage', `${path} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`, 'Check the path.', cause);
  }
}
