import { join } from 'node:path';
import { readRegular } from '../read-file.ts';
import type { GitLayout } from './discover.ts';

const looseLimit = 65_536;
const packedLimit = 256 * 1_048_576;
const maxSymbolicDepth = 5;

/** What HEAD names: a branch, and the commit when there is one already. */
export interface Head {
  readonly branch?: string;
  readonly commit?: string;
}

/** The references of one repository: loose files first, then `packed-refs` (gitrepository-layout(5)). */
export class RefStore {
  readonly #layout: GitLayout;
  #packed: Map<string, string> | undefined;

  constructor(layout: GitLayout) {
    this.#layout = layout;
  }

  head(): Head {
    const text = this.#loose('HEAD');
    if (text === undefined) return {};
    const target = symbolicTarget(text);
    if (target === undefined) return isOid(text, this.#layout) ? { commit: text } : {};
    const commit = this.resolve(target);
    const branch = target.startsWith('refs/heads/') ? target.slice('refs/heads/'.length) : target;
    return commit === undefined ? { branch } : { branch, commit };
  }

  /** The object id behind a full reference name such as `HEAD` or `refs/heads/main`. */
  resolve(name: string): string | undefined {
    let at = name;
    for (let depth = 0; depth <= maxSymbolicDepth; depth += 1) {
      if (!isSafeName(at)) return undefined;
      const text = this.#loose(at) ?? this.#fromPacked(at);
      if (text === undefined) return undefined;
      if (isOid(text, this.#layout)) return text;
      const target = symbolicTarget(text);
      if (target === undefined) return undefined;
      at = target;
    }
    return undefined;
  }

  #loose(name: string): string | undefined {
    const { gitDir, commonDir } = this.#layout;
    for (const folder of gitDir === commonDir ? [gitDir] : [gitDir, commonDir]) {
      const bytes = readQuietly(join(folder, name));
      if (bytes !== undefined) return bytes.toString('utf8').trim();
    }
    return undefined;
  }

  #fromPacked(name: string): string | undefined {
    this.#packed ??= parsePackedRefs(readRegular(join(this.#layout.commonDir, 'packed-refs'), { limit: packedLimit }));
    return this.#packed.get(name);
  }
}

/** `refs/heads` is a folder and `refs/heads/main` a file: asking for the folder is an ordinary miss. */
function readQuietly(path: string): Buffer | undefined {
  try {
    return readRegular(path, { limit: looseLimit });
  } catch {
    return undefined;
  }
}

function parsePackedRefs(bytes: Buffer | undefined): Map<string, string> {
  const refs = new Map<string, string>();
  for (const line of bytes?.toString('utf8').split('\n') ?? []) {
    const space = line.indexOf(' ');
    if (space > 0 && /^[0-9a-f]+$/.test(line.slice(0, space))) refs.set(line.slice(space + 1).trim(), line.slice(0, space));
  }
  return refs;
}

function symbolicTarget(text: string): string | undefined {
  const target = /^ref:\s*(\S.*)$/.exec(text)?.[1];
  return target !== undefined && target.startsWith('refs/') && isSafeName(target) ? target : undefined;
}

/** git-check-ref-format(1): no name may climb out of the folder. */
function isSafeName(name: string): boolean {
  return name !== '' && !name.startsWith('/') && !name.split('/').some((part) => part === '' || part === '.' || part === '..') && !name.includes('\0');
}

function isOid(text: string, layout: GitLayout): boolean {
  return text.length === layout.hashBytes * 2 && /^[0-9a-f]+$/.test(text);
}
