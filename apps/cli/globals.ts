import type { OptionSpec } from './command.ts';

/** Options that every command takes. */
export const globalOptions: { readonly [name: string]: OptionSpec } = {
  help: { type: 'boolean', short: 'h', help: 'Show this help' },
  quiet: { type: 'boolean', short: 'q', setting: 'user', help: 'Print results and errors only' },
  'no-color': { type: 'boolean', setting: 'env', help: 'No colours; NO_COLOR and TERM=dumb do the same, FORCE_COLOR the opposite' },
  config: { type: 'string', value: 'FILE', path: true, setting: 'env', help: 'Read this configuration file in place of the project\'s' },
  'no-config': { type: 'boolean', setting: 'env', help: 'Read no configuration file' },
  'state-dir': {
    type: 'string', value: 'DIR', path: true, setting: 'env',
    help: 'Folder for cache and keys (default: $XDG_CACHE_HOME/watchward or ~/.cache/watchward)',
  },
};

/** What `--help` ends with. */
export const exitCodeHelp: readonly (readonly [number, string])[] = [
  [0, 'clean'],
  [1, 'findings at or above the threshold'],
  [2, 'error, interrupted, or degraded: something could not be looked at'],
  [3, 'bad usage or configuration'],
  [4, 'nothing to scan'],
];
