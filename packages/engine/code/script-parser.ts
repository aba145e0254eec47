import { instantiateNapiModuleSync } from '@emnapi/core';
import { createContext } from '@emnapi/runtime';
import { grammarBytes } from './grammar-files.ts';

/**
 * oxc, the parser of JavaScript and TypeScript, as WebAssembly. The same code as the native addon, at about its speed for whole trees; what
 * overflows the stack is an exception here and would end the process there (specs/decisions/0002-parsers-as-webassembly.md).
 */
export interface ScriptOptions {
  readonly lang: 'js' | 'jsx' | 'ts' | 'tsx';
  /** Left out: `unambiguous`, a module when it has imports or exports. */
  readonly sourceType?: 'script' | 'module' | 'commonjs' | 'unambiguous';
}

export interface ScriptComment {
  readonly type: 'Line' | 'Block';
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

export interface ParsedScript {
  /** ESTree (with TypeScript's nodes), offsets in UTF-16 code units; without a body when the text cannot be read at all. */
  readonly program: unknown;
  readonly comments: readonly ScriptComment[];
  /** At most `mostErrors`. */
  readonly errors: readonly { readonly message: string; readonly start: number; readonly end: number }[];
}

/** Why a text was not parsed. */
export class ScriptUnparsed extends Error {
  override readonly name = 'ScriptUnparsed';
}

interface RawResult {
  readonly program: string;
  readonly comments: ScriptComment[];
  readonly errors: { readonly message: string; readonly labels: { readonly start: number; readonly end: number }[] }[];
}

interface Instance {
  readonly memory: WebAssembly.Memory;
  readonly parseSync: (name: string, text: string, options: object) => RawResult;
}

const mostErrors = 100;
/** Memory of an instance never shrinks: one that grew past this is left to the collector. */
const mostMemory = 256 * 1024 * 1024;
/** The parser's own memory may reach 2 GB for a long text, in pages of 64 KiB, and a quarter of that for others: some short ones make it try everything twice at each level. */
const mostPages = 32_768;
const longText = 1_000_000;

let compiled: WebAssembly.Module | undefined;
let context: ReturnType<typeof createContext> | undefined;
let instance: Instance | undefined;

/** Characters of texts whose trees are held. */
const mostHeld = 1024 * 1024;
let held: { readonly trees: Map<string, ParsedScript>; room: number } | undefined;

/** Between the two, what was parsed is kept for who asks for the same again: over few files, the pass over single files and the one over programs go in one thread. */
export function holdScripts(): void {
  held ??= { trees: new Map(), room: mostHeld };
}

export function releaseScripts(): void {
  held = undefined;
}

/** Parses one file; the tree is to be read only. Throws `ScriptUnparsed` for what is nested too deeply; syntax errors are in the result. */
export function parseScript(text: string, { lang, sourceType = 'unambiguous' }: ScriptOptions): ParsedScript {
  const key = held === undefined ? '' : `${lang} ${sourceType} ${text}`;
  const known = held?.trees.get(key);
  if (known !== undefined) return known;
  const parsed = parseAnew(text, lang, sourceType);
  if (held !== undefined && text.length <= held.room) {
    held.trees.set(key, parsed);
    held.room -= text.length;
  }
  return parsed;
}

function parseAnew(text: string, lang: ScriptOptions['lang'], sourceType: ScriptOptions['sourceType']): ParsedScript {
  const isLong = text.length > longText;
  const used = isLong ? instantiate(mostPages) : (instance ??= instantiate(mostPages / 4));
  try {
    const raw = used.parseSync(`file.${lang}`, text, { lang, sourceType, preserveParens: false });
    const { program, comments, errors } = raw;
    const tree = JSON.parse(program) as { readonly node: unknown };
    if (instance !== undefined && instance.memory.buffer.byteLength > mostMemory) instance = undefined;
    return { program: tree.node, comments, errors: errors.slice(0, mostErrors).map(toError) };
  } catch (error) {
    // After a trap the instance's memory is in no known state.
    instance = undefined;
    const reason = error instanceof RangeError ? 'it is nested too deeply' : 'the parser gave up';
    throw new ScriptUnparsed(`the file could not be parsed: ${reason}`, { cause: error });
  }
}

function toError({ message, labels }: RawResult['errors'][number]): ParsedScript['errors'][number] {
  return { message, start: labels[0]?.start ?? 0, end: labels[0]?.end ?? 0 };
}

function instantiate(pages: number): Instance {
  compiled ??= new WebAssembly.Module(grammarBytes('oxc.wasm'));
  context ??= createContext();
  const memory = new WebAssembly.Memory({ initial: 1024, maximum: pages });
  const { napiModule } = instantiateNapiModuleSync(compiled, {
    context,
    asyncWorkPoolSize: 0,
    overwriteImports: (imports) => completeImports(imports, memory),
    beforeInit: ({ instance: made }) => register(made.exports),
  });
  const { parseSync } = napiModule.exports as Pick<Instance, 'parseSync'>;
  return { memory, parseSync };
}

/** The module's own list of what it offers; must run before it is asked for it. */
function register(exports: WebAssembly.Exports): void {
  for (const [name, value] of Object.entries(exports)) if ((name === '_initialize' || name.startsWith('__napi_register__')) && typeof value === 'function') value();
}

/** What asynchronous parsing would need is refused: nothing here calls it. */
const genericFailure = 9;

/** The parser needs nothing of the system: no files, no clock, no environment. */
function completeImports(imports: WebAssembly.Imports, memory: WebAssembly.Memory): WebAssembly.Imports {
  const view = (): DataView => new DataView(memory.buffer);
  const env: Record<string, WebAssembly.ImportValue> = { ...imports['env'], ...imports['napi'], ...imports['emnapi'], memory };
  const wasi = {
    random_get: (at: number, length: number) => (new Uint8Array(memory.buffer, at, length).fill(1), 0),
    environ_get: () => 0,
    environ_sizes_get: (count: number, size: number) => (view().setUint32(count, 0, true), view().setUint32(size, 0, true), 0),
    clock_time_get: (_id: number, _precision: bigint, at: number) => (view().setBigUint64(at, 0n, true), 0),
    fd_write: (_fd: number, vectors: number, count: number, written: number) => {
      let bytes = 0;
      for (let at = 0; at < count; at++) bytes += view().getUint32(vectors + 8 * at + 4, true);
      return (view().setUint32(written, bytes, true), 0);
    },
    proc_exit: (code: number) => {
      throw new Error(`the parser ended with ${code}`);
    },
  };
  for (const { module, name, kind } of WebAssembly.Module.imports(compiled as WebAssembly.Module)) {
    if (kind === 'function' && module === 'env') env[name] ??= () => genericFailure;
  }
  return { ...imports, env, napi: { ...imports['napi'] }, wasi_snapshot_preview1: wasi };
}
