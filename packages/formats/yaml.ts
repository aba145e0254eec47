import { load } from 'js-yaml';

/** Thrown for text that is no YAML; `line` counts from 1 when the parser knows it. */
export class YamlError extends Error {
  readonly line: number | undefined;

  constructor(message: string, line: number | undefined, cause: unknown) {
    super(message, { cause });
    this.name = 'YamlError';
    this.line = line;
  }
}

/** Parses one YAML document into plain data. Mappings have no prototype of interest: read them through `entriesOf`. */
export function parseYaml(text: string): unknown {
  try {
    return load(text);
  } catch (cause) {
    throw yamlErrorOf(cause);
  }
}

/** What js-yaml threw, as ours. */
export function yamlErrorOf(cause: unknown): YamlError {
  return new YamlError(reasonOf(cause), lineOf(cause), cause);
}

/** The members of a mapping as a `Map` (law 7); undefined when the value is no mapping. */
export function entriesOf(value: unknown): Map<string, unknown> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return new Map(Object.entries(value));
}

function reasonOf(cause: unknown): string {
  if (typeof cause === 'object' && cause !== null && 'reason' in cause) return String(cause.reason);
  return cause instanceof Error ? cause.message : String(cause);
}

function lineOf(cause: unknown): number | undefined {
  if (typeof cause !== 'object' || cause === null || !('mark' in cause)) return undefined;
  const mark = cause.mark;
  if (typeof mark !== 'object' || mark === null || !('line' in mark)) return undefined;
  return typeof mark.line === 'number' ? mark.line + 1 : undefined;
}

/** What is wrong with a file of YAML, in one sentence. */
export function yamlMistake(error: YamlError): string {
  return `not YAML${error.line === undefined ? '' : ` (line ${error.line})`}: ${error.message}`;
}

/** The entries of a file that holds one mapping; `what`: what such a file is called, with its article. */
export function readMapping(yaml: string, what: string): { readonly entries: Map<string, unknown> } | { readonly errors: readonly string[] } {
  let data: unknown;
  try {
    data = parseYaml(yaml);
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    return { errors: [yamlMistake(error)] };
  }
  const entries = entriesOf(data);
  return entries === undefined ? { errors: [`${what} must be a mapping`] } : { entries };
}
