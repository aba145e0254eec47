import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { EventBundle } from '#model/content.ts';
import type { Diagnostic } from '#model/diagnostic.ts';
import { noSettings, readEventRuleSettings } from './event-rule-settings.ts';
import { loadEventRules } from './event-rules.ts';
import type { EventRules } from './event-rules.ts';

export interface RuleWatchOptions {
  readonly bundled: EventBundle['sigma'];
  /** Files and folders of rules. */
  readonly paths: readonly string[];
  /** File of settings. */
  readonly settings?: string;
  /** Milliseconds between two looks. */
  readonly every?: number;
}

/** `kept`: the new version is broken in the ways that the diagnostics name, and the rules before stay in force. */
export type RuleChange =
  | { readonly kind: 'changed'; readonly rules: EventRules }
  | { readonly kind: 'kept'; readonly diagnostics: readonly Diagnostic[] };

export interface RuleWatch {
  /** Looks now, without waiting for the next turn. */
  look(): void;
  close(): void;
}

const usualPause = 5_000;
const mostFiles = 100_000;

/**
 * Calls `onChange` when the rules at `paths` have changed: two looks in a row must see the same files, so that half a copy is not loaded.
 * `current` are the rules in force, as `loadEventRules` gave them for the same options.
 */
export function watchRules(options: RuleWatchOptions, current: EventRules, onChange: (change: RuleChange) => void): RuleWatch {
  const looker = new RuleLooker(options, current, onChange);
  const timer = setInterval(() => looker.look(), options.every ?? usualPause);
  timer.unref();
  return { look: () => looker.look(), close: () => clearInterval(timer) };
}

class RuleLooker {
  private readonly options: RuleWatchOptions;
  private readonly onChange: (change: RuleChange) => void;
  private current: EventRules;
  private loaded: string;
  private seen: string;

  constructor(options: RuleWatchOptions, current: EventRules, onChange: (change: RuleChange) => void) {
    this.options = options;
    this.current = current;
    this.onChange = onChange;
    this.loaded = fingerprintOf(options);
    this.seen = this.loaded;
  }

  look(): void {
    const now = fingerprintOf(this.options);
    const settled = now === this.seen;
    this.seen = now;
    if (!settled || now === this.loaded) return;
    this.loaded = now;
    this.onChange(this.load());
  }

  private load(): RuleChange {
    const { bundled, paths, settings } = this.options;
    try {
      const rules = loadEventRules(bundled, paths, settings === undefined ? noSettings : readEventRuleSettings(settings));
      const known = new Set(broken(this.current).map(nameOf));
      const diagnostics = broken(rules).filter((diagnostic) => !known.has(nameOf(diagnostic)));
      if (diagnostics.length > 0) return { kind: 'kept', diagnostics: [kept(`${diagnostics.length} of the new rules cannot be loaded`), ...diagnostics] };
      this.current = rules;
      return { kind: 'changed', rules };
    } catch (error) {
      return { kind: 'kept', diagnostics: [kept(error instanceof Error ? error.message : String(error))] };
    }
  }
}

function broken({ diagnostics }: EventRules): readonly Diagnostic[] {
  return diagnostics.filter(({ code }) => code === 'rule-invalid');
}

/** Lines move; a rule that was broken before may stay so. */
function nameOf({ path, rule, message }: Diagnostic): string {
  return JSON.stringify([path, rule, message]);
}

function kept(why: string): Diagnostic {
  return { code: 'rule-invalid', message: `the rules have changed, but those before stay in force: ${why}` };
}

/** Names, sizes and times of all files. What cannot be read is part of it. */
function fingerprintOf({ paths, settings }: RuleWatchOptions): string {
  const files = [...paths, ...(settings === undefined ? [] : [settings])].flatMap(filesAt).slice(0, mostFiles);
  return files.map((path) => `${path} ${stampOf(path)}`).join('\n');
}

function filesAt(path: string): string[] {
  try {
    if (!statSync(path).isDirectory()) return [path];
    const entries = readdirSync(path, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name)).map((entry) => join(entry.parentPath, entry.name)).sort();
  } catch {
    return [path];
  }
}

function stampOf(path: string): string {
  try {
    const { size, mtimeMs, ino } = statSync(path);
    return `${size} ${mtimeMs} ${ino}`;
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
  }
}
