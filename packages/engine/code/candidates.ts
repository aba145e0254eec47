import { hash } from 'node:crypto';
import type { Diagnostic } from '#model/diagnostic.ts';
import { asTemplate } from '#model/page-path.ts';
import { pathTraits } from '#normalize/path-traits.ts';
import { SourceError } from '#sources/source-error.ts';
import { type CodeEntry, readCode } from './code-entry.ts';
import { codeFormOf } from './languages.ts';
import { isThirdParty } from './roles.ts';

/** Larger files of code are data, or bundles of a whole program. */
export const mostCodeBytes = 16 * 1024 * 1024;
/** A file that is larger was written by a program. */
const mostWritten = 2 * mostCodeBytes;

/** A file that may hold code, and what is known of its bytes already. */
export interface Candidate {
  readonly entry: CodeEntry;
  readonly sha256: string;
}

/** What the pass over single files learned of one. */
export type KnownFile = { readonly sha256: string; readonly outcome: 'analysed' | 'cached' | 'binary' | 'failed'; readonly generated: boolean };

export interface Candidates {
  readonly files: readonly Candidate[];
  /** Minified or generated, by their form. */
  readonly machineMade: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Chooses the files that are read as code. `known` gives what an earlier pass saw; other files are read here. */
export function candidatesOf(entries: readonly CodeEntry[], known: (path: string) => KnownFile | undefined, { fileBytes, hasNunjucks }: { readonly fileBytes: number; readonly hasNunjucks: boolean }): Candidates {
  const files: Candidate[] = [];
  const machineMade: string[] = [];
  const diagnostics: Diagnostic[] = [];
  let others = 0;
  const hasJava = entries.some(({ path }) => path.endsWith('.java'));
  const pages = [...(entries.some(({ path }) => path.endsWith('.py')) ? ['jinja'] : []), ...(hasNunjucks ? ['nunjucks'] : []), ...(hasJava ? ['thymeleaf'] : [])];
  for (const entry of entries) {
    const form = codeFormOf(entry.path);
    if (form === undefined || (!hasJava && /\.(?:properties|jspf?)$/.test(entry.path))) continue;
    if (isThirdParty(entry.path)) {
      if (form !== 'shebang') others++;
      continue;
    }
    if (entry.size > mostCodeBytes) {
      if (entry.size > mostWritten) machineMade.push(entry.path);
      else if (form !== 'shebang') diagnostics.push({ code: 'code-too-large', path: entry.path, message: `${entry.size} bytes of code, the limit is ${mostCodeBytes}; flows through it are not seen; split or exclude it` });
      continue;
    }
    const seen = known(entry.path) ?? lookAt(entry, fileBytes);
    if (seen.outcome === 'binary' || seen.outcome === 'failed') continue;
    if (seen.generated && form !== 'shebang' && !form.markup) machineMade.push(entry.path);
    else files.push({ entry, sha256: seen.sha256 }, ...templatesIn(entry, pages).map((path) => ({ entry: { ...entry, path }, sha256: seen.sha256 })));
  }
  if (others > 0) diagnostics.push({ code: 'code-third-party', count: others, message: `${others} files of code that others wrote; --follow-dependencies reads what the program uses of them` });
  return { files, machineMade, diagnostics };
}

/** A page may be a template of what the tree is written with. */
function templatesIn({ path }: CodeEntry, kinds: readonly string[]): string[] {
  return /\.x?html?$/i.test(path) ? kinds.map((kind) => asTemplate(path, kind)) : [];
}

/** Files outside the pass over single files (`--changed-since`): what cannot be read was said of them, or is not asked for. */
export function lookAt(entry: CodeEntry, fileBytes: number): KnownFile {
  try {
    return { sha256: hash('sha256', readCode(entry, fileBytes), 'hex'), outcome: 'analysed', generated: pathTraits(entry.path).extension.includes('.') };
  } catch (error) {
    if (error instanceof SourceError) return { sha256: '', outcome: 'failed', generated: false };
    throw error;
  }
}
