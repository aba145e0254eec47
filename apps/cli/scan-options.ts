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
