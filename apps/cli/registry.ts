import type { Command } from './command.ts';
import { globalOptions } from './globals.ts';
import type { Specs } from './parse.ts';

/** Commands by name, loaded when asked for: a start pays only for the one that runs. */
export type CommandLoaders = ReadonlyMap<string, () => Promise<{ readonly default: Command }>>;

export async function registeredCommands(): Promise<CommandLoaders> {
  const { commands } = await import('#generated/registry.ts');
  return new Map(Object.entries<() => Promise<{ readonly default: Command }>>(commands));
}

export async function allCommands(loaders: CommandLoaders): Promise<Command[]> {
  return Promise.all([...loaders.values()].map(async (load) => (await load()).default));
}

const openness = [undefined, 'env', 'user', 'config'] as const;

/** The options of every command and subcommand; where two share a name, the one that more sources may set. */
export function unionOfOptions(commands: readonly Command[]): Specs {
  const union = new Map(Object.entries(globalOptions));
  const visit = (command: Command): void => {
    for (const [name, spec] of Object.entries(command.options ?? {})) {
      const known = union.get(name);
      if (known === undefined || openness.indexOf(spec.setting) > openness.indexOf(known.setting)) union.set(name, spec);
    }
    command.subcommands?.forEach(visit);
  };
  commands.forEach(visit);
  return Object.fromEntries(union);
}
