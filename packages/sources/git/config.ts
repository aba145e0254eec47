import { homedir } from 'node:os';
import { join } from 'node:path';
import { readRegular } from '../read-file.ts';
import { SourceError } from '../source-error.ts';

const configLimit = 1_048_576;

/**
 * The few settings that change what is read; nothing that would start a program, and no includes. Keys are `section.key` or
 * `section.subsection.key`, lower case but for the subsection. A later value wins.
 */
export type GitConfig = ReadonlyMap<string, string>;

export function readConfig(path: string): Map<string, string> {
  try {
    const bytes = readRegular(path, { limit: configLimit });
    return bytes === undefined ? new Map() : parseConfig(bytes.toString('utf8'));
  } catch (error) {
    if (error instanceof SourceError) return new Map();
    throw error;
  }
}

/** git-config(1), "CONFIGURATION FILE". */
export function parseConfig(text: string): Map<string, string> {
  const values = new Map<string, string>();
  let section = '';
  for (const raw of text.replaceAll(/\\\r?\n/g, '').split('\n')) {
    const header = /^\s*\[\s*([\w.-]+)\s*(?:"((?:[^"\\]|\\.)*)")?\s*\](.*)$/.exec(raw.trimEnd());
    if (header !== null) {
      const name = (header[1] ?? '').toLowerCase();
      section = header[2] === undefined ? name : `${name}.${header[2].replaceAll(/\\(.)/g, '$1')}`;
    }
    const line = (header === null ? raw : (header[3] ?? '')).trim();
    const pair = /^([A-Za-z][\w-]*)\s*(?:=\s*(.*))?$/.exec(line);
    if (pair !== null) values.set(`${section}.${(pair[1] ?? '').toLowerCase()}`, pair[2] === undefined ? 'true' : unquote(pair[2]));
  }
  return values;
}

function unquote(text: string): string {
  let value = '';
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] ?? '';
    if (char === '"') quoted = !quoted;
    else if (char === '\\') value += escaped(text[(at += 1)] ?? '');
    else if (!quoted && (char === '#' || char === ';')) return value.trimEnd();
    else value += char;
  }
  return quoted ? value : value.trimEnd();
}

function escaped(char: string): string {
  if (char === 'n') return '\n';
  if (char === 't') return '\t';
  return char;
}

/** The user's own ignore file: `core.excludesFile`, else `$XDG_CONFIG_HOME/git/ignore` (gitignore(5)). */
export function userExcludesFile(repository: GitConfig): string {
  const home = homedir();
  const xdg = process.env['XDG_CONFIG_HOME'] ?? '';
  const folder = join(xdg === '' ? join(home, '.config') : xdg, 'git');
  const key = 'core.excludesfile';
  const named = repository.get(key) ?? readConfig(join(home, '.gitconfig')).get(key) ?? readConfig(join(folder, 'config')).get(key);
  if (named === undefined || named === '') return join(folder, 'ignore');
  return named.startsWith('~/') ? join(home, named.slice(2)) : named;
}
