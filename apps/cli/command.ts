import type { Readable } from 'node:stream';
import type { Configuration } from './config.ts';

/** What a process may end with; documented in README.md and by every `--help`. */
export const exitCodes = {
  clean: 0,
  findings: 1,
  failed: 2,
  usage: 3,
  nothing: 4,
} as const;

export interface OptionSpec {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  readonly multiple?: boolean;
  /** Closed set of values. */
  readonly choices?: readonly string[];
  readonly default?: string | boolean | readonly string[];
  /** Name of the value in help: `FILE`, `SECONDS`. */
  readonly value?: string;
  readonly help: string;
  /** Bounds of a number; the parser refuses anything else. */
  readonly number?: { readonly min: number; readonly max: number; readonly whole: boolean };
  /** A path: made absolute against the folder of whoever named it (`-` stays). */
  readonly path?: true;
  /**
   * Where else a value may come from. `config`: `WATCHWARD_<NAME>` and every configuration file; `user`: not from the file of
   * the project, which must not decide about it; `env`: `WATCHWARD_<NAME>` only; absent: the command line only.
   */
  readonly setting?: 'config' | 'user' | 'env';
  /** With it a run can report less: its use by the scanned project's own configuration is noted in the ledger. */
  readonly narrows?: true;
  /** The value is a file that this command writes; `launch.mjs` grants writing to it by the option's name. */
  readonly writes?: true;
}

export interface PositionalSpec {
  readonly name: string;
  readonly help: string;
  readonly required?: boolean;
  /** Takes all that remain; only for the last one. */
  readonly many?: boolean;
}

export interface Example {
  /** A whole command line, beginning with `watchward`. */
  readonly command: string;
  readonly explain: string;
  /** What it ends with, where that is not 0. */
  readonly exitCode?: number;
}

/** One command: its record is its help, its parser, its completion and its documentation. */
export interface Command {
  readonly name: string;
  /** One line, no full stop. */
  readonly summary: string;
  readonly description: string;
  readonly positionals?: readonly PositionalSpec[];
  readonly options?: { readonly [name: string]: OptionSpec };
  readonly examples?: readonly Example[];
  readonly subcommands?: readonly Command[];
  /** Runs without reading configuration files, so that a broken one does not stop it. */
  readonly unconfigured?: true;
  /** Gives the exit code. Absent on a command that has only subcommands. Import heavy modules inside. */
  run?(invocation: Invocation): Promise<number>;
}

export function defineCommand(command: Command): Command {
  return command;
}

/** The values of a command's options, resolved from flags, environment and files. Asking for an unknown name throws. */
export interface OptionValues {
  /** The value of a `string` option. */
  text(name: string): string | undefined;
  /** The value of an option with `number`. */
  number(name: string): number | undefined;
  /** The values of a `multiple` option. */
  list(name: string): readonly string[];
  /** The value of a `boolean` option. */
  flag(name: string): boolean;
  /** Where the value came from. */
  source(name: string): ValueSource;
}

export type ValueSource = 'flag' | 'env' | 'project' | 'user' | 'default';

/** The outside world as a command sees it; tests hand in their own. */
export interface Io {
  /** Results. Never throws; a reader that went away is remembered, not reported. */
  stdout(text: string | Uint8Array): void;
  /** Everything that is no result. */
  stderr(text: string): void;
  /** Resolves when the reader of stdout has caught up: await it in long loops. */
  drained(): Promise<void>;
  /** True once the reader of stdout has gone (`| head`): stop quietly. */
  readonly closed: boolean;
  readonly stdin: Readable;
  readonly stdinIsTTY: boolean;
  readonly stdoutIsTTY: boolean;
  readonly stderrIsTTY: boolean;
  /** Whether to colour, by stream: TTY, NO_COLOR, FORCE_COLOR, TERM, --no-color. */
  readonly color: { readonly stdout: boolean; readonly stderr: boolean };
  /** 80 when unknown. */
  readonly columns: number;
  readonly env: { readonly [name: string]: string | undefined };
  /** Where the user typed the command (npm's INIT_CWD included). */
  readonly cwd: string;
  now(): Date;
}

export interface Invocation {
  readonly options: OptionValues;
  readonly positionals: readonly string[];
  readonly io: Io;
  /** Aborts on SIGINT and SIGTERM, and when the reader of stdout goes away. */
  readonly signal: AbortSignal;
  readonly config: Configuration;
  /** Absolute folder for cache and keys. */
  readonly stateDir: string;
  /** A path as the user typed it, made absolute. */
  resolve(path: string): string;
}

export type CliErrorCode = 'usage' | 'config' | 'nothing' | 'failed';

/** Thrown by commands for everything a user can mend: prints `message` and `cure`, ends with the code's exit code. */
export class CliError extends Error {
  readonly code: CliErrorCode;
  /** What to do about it. */
  readonly cure: string | undefined;

  constructor(code: CliErrorCode, message: string, cure?: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'CliError';
    this.code = code;
    this.cure = cure;
  }

  get exitCode(): number {
    return this.code === 'config' ? exitCodes.usage : exitCodes[this.code];
  }
}
