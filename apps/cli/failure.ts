import type { EngineErrorCode } from '#engine/errors.ts';
import type { StoreErrorCode } from '#engine/lake.ts';
import { CliError, exitCodes } from './command.ts';

export interface Failure {
  readonly exitCode: number;
  readonly text: string;
}

/** What a user can mend by typing something else ends with 3, the rest with 2. */
const usageCodes = new Map<string, readonly string[]>([
  ['EngineError', ['target-missing', 'rule-unknown', 'model-unknown', 'rule-file-invalid', 'reference-unknown', 'no-git', 'report-unusable', 'incident-unknown', 'entity-unknown', 'address-unknown', 'plot-unusable', 'enrichment-unusable'] satisfies EngineErrorCode[]],
  ['StoreError', ['state-missing', 'lake-missing', 'query-refused', 'query-failed'] satisfies StoreErrorCode[]],
  ['SourceError', ['target-missing', 'address-invalid', 'address-unusable', 'setting-missing', 'setting-invalid']],
  ['ProtectError', ['key-unreadable', 'key-malformed', 'key-exists', 'passphrase-short', 'passphrase-wrong']],
]);

/** Mistakes that say by their name alone that a user can mend them. */
const usageNames = ['EvaluationError'];

const builtIn = ['TypeError', 'RangeError', 'ReferenceError', 'SyntaxError', 'EvalError', 'URIError'];

/** What to print and how to end for whatever was thrown. */
export function failureOf(error: unknown, debug: boolean): Failure {
  if (error instanceof CliError) {
    const cure = error.cure === undefined ? '' : `  ${error.cure}\n`;
    return { exitCode: error.exitCode, text: `watchward: ${error.message}\n${cure}${debug ? trace(error) : ''}` };
  }
  if (!(error instanceof Error)) return { exitCode: exitCodes.failed, text: `watchward: ${String(error)}\n` };
  const code = 'code' in error ? String(error.code) : '';
  if (usageNames.includes(error.name) || usageCodes.get(error.name)?.includes(code) === true) {
    return { exitCode: exitCodes.usage, text: `watchward: ${error.message}\n` };
  }
  if (code === 'ERR_ACCESS_DENIED') return { exitCode: exitCodes.failed, text: denied(error) };
  if (builtIn.includes(error.name) || (error.name === 'Error' && code === '')) {
    const cure = debug ? '' : '  This is a mistake in watchward. Run it again with WATCHWARD_DEBUG=1 and report what it prints.\n';
    return { exitCode: exitCodes.failed, text: `watchward: internal error: ${error.message}\n${cure}${debug ? trace(error) : ''}` };
  }
  return { exitCode: exitCodes.failed, text: `watchward: ${error.message}\n${debug ? trace(error) : ''}` };
}

function denied(error: Error): string {
  const resource = 'resource' in error ? ` (${String(error.resource)})` : '';
  return (
    `watchward: the process may not do this: ${error.message}${resource}\n` +
    '  It may write only to its state folder and to files named on the command line. Name the file with --output, or the folder with --state-dir.\n'
  );
}

function trace(error: Error): string {
  const cause = error.cause instanceof Error ? trace(error.cause) : '';
  return `${error.stack ?? ''}\n${cause}`;
}
