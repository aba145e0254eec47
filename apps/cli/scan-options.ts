import { statSync } from 'node:fs';
import { threatModels } from '#engine/code/threat-model.ts';
import { defaultLimits } from '#engine/options.ts';
import type { ScanOptions } from '#engine/options.ts';
import { confidences, personas, severities, surfaces } from '#model/severity.ts';
import type { Invocation, OptionSpec, OptionValues } from './command.ts';

/** Of every command that may ask a learned model. */
export const modelsOffOption = {
  type: 'string', value: 'ID', multiple: true, setting: 'user', help: 'Learned models to do without, and the detectors that ask them; `watchward models list` names them',
} as const satisfies OptionSpec;

/** What `scanOptionsOf` asks for. */
export const scanOptionSpecs = {
  severity: { type: 'string', choices: severities, default: 'low', setting: 'config', narrows: true, help: 'Lowest severity that counts' },
  confidence: { type: 'string', choices: confidences, default: 'medium', setting: 'config', narrows: true, help: 'Lowest confidence that counts' },
  persona: { type: 'string', choices: personas, default: 'regular', setting: 'config', help: 'How much to show: pedantic adds weak signals, auditor everything worth a look' },
  rule: { type: 'string', value: 'ID', multiple: true, setting: 'config', narrows: true, help: 'Only these rules; * stands for anything' },
  surface: { type: 'string', choices: surfaces, multiple: true, setting: 'config', narrows: true, help: 'Only rules about these' },
  rules: { type: 'string', value: 'FILE', multiple: true, path: true, setting: 'config', help: "Rules of your own: YAML of ours or in Semgrep's syntax (taint mode follows data across functions and files), a folder of it, or a gitleaks TOML configuration" },
  'models-off': modelsOffOption,
  'threat-model': { type: 'string', choices: threatModels, default: 'auto', setting: 'config', narrows: true, help: 'Who speaks to the code: users of an application, or also programs that call a library; auto goes by what each package is' },
  'follow-dependencies': { type: 'boolean', setting: 'config', help: 'Read also the code of installed packages that the program uses' },
  exclude: { type: 'string', value: 'PATTERN', multiple: true, setting: 'config', narrows: true, help: 'Leave out paths, as in a .gitignore' },
  baseline: { type: 'string', value: 'REF|FILE', setting: 'user', help: 'Count only what is new against a git ref or an earlier JSON report' },
  'changed-since': { type: 'string', value: 'REF', setting: 'env', help: 'Read only files that differ from a git ref' },
  history: { type: 'boolean', help: 'Read every version of every file in the history of HEAD' },
  'max-time': { type: 'string', value: 'SECONDS', number: { min: 0.1, max: 604_800, whole: false }, setting: 'config', narrows: true, help: 'Stop after this long and report what was found' },
  jobs: { type: 'string', short: 'j', value: 'N', number: { min: 0, max: 256, whole: true }, default: '0', setting: 'user', help: 'Worker threads, at most four for each core; 0 fits them to the machine' },
  'no-cache': { type: 'boolean', setting: 'user', help: 'Read everything anew and remember nothing' },
} as const satisfies { readonly [name: string]: OptionSpec };

/** What a scan depends on, from a resolved command line. */
export function scanOptionsOf({ options, positionals, config, stateDir, resolve }: Invocation): ScanOptions {
  const label = positionals[0] ?? '.';
  const baseline = options.text('baseline');
  const changedSince = options.text('changed-since');
  const maxTime = options.number('max-time');
  const chosen = options.list('surface');
  return {
    target: resolve(label),
    label,
    severity: choice(options, 'severity', severities),
    confidence: choice(options, 'confidence', confidences),
    persona: choice(options, 'persona', personas),
    rules: options.list('rule'),
    surfaces: surfaces.filter((surface) => chosen.includes(surface)),
    modelsOff: options.list('models-off'),
    ruleFiles: options.list('rules'),
    threatModel: choice(options, 'threat-model', threatModels),
    followDependencies: options.flag('follow-dependencies'),
    exclude: [...options.list('exclude'), ...config.exclude],
    suppressions: config.suppressions,
    ...(baseline === undefined ? {} : { baseline: isFile(resolve(baseline)) ? resolve(baseline) : baseline }),
    ...(changedSince === undefined ? {} : { changedSince }),
    history: options.flag('history'),
    ...(maxTime === undefined ? {} : { maxTime }),
    jobs: options.number('jobs') ?? 0,
    ...(options.flag('no-cache') ? {} : { stateDir }),
    limits: { ...defaultLimits, ...config.limits },
    notes: config.diagnostics,
  };
}

function isFile(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
  } catch {
    return false;
  }
}

/** The parser has checked the value against the record's choices; the last one stands for "everything" if it had not. */
function choice<T extends string>(options: OptionValues, name: string, among: readonly [T, ...T[]]): T {
  return among.find((item) => item === options.text(name)) ?? among[0];
}
