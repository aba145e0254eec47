/** The cases of a command: its `<name>.cases.ts` exports one of these as default; `commands.test.ts` runs them. */
export interface CommandCases {
  readonly cases: readonly CommandCase[];
}

export interface CommandCase {
  readonly name: string;
  /** The command line without `watchward`; it runs in a fresh folder. */
  readonly args: readonly string[];
  /** Files of that folder by path. */
  readonly files?: { readonly [path: string]: string };
  /** Command lines that run before it in the same folder and state. */
  readonly before?: readonly (readonly string[])[];
  readonly env?: { readonly [name: string]: string };
  readonly stdin?: string;
  readonly exitCode: number;
  /** Throws when the result is wrong. */
  verify?(result: CommandResult): void;
}

export interface CommandResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Absolute path of the folder it ran in. */
  readonly folder: string;
}

export function defineCases(cases: CommandCases): CommandCases {
  return cases;
}
