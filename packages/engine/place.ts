import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Where the program's own parts lie: in a checkout, source and `.generated/` side by side; in the published package, everything in
 * one folder with the data beside it.
 */
const inCheckout = import.meta.url.endsWith('.ts');

export function dataFile(name: 'content.json' | 'events.json' | 'code.json' | 'cases.json' | 'models.json' | 'ci-compromise.jsonl.gz'): string {
  return fileURLToPath(new URL(inCheckout ? `../../.generated/${name}` : `./data/${name}`, import.meta.url));
}

export function workerUrl(): URL {
  return new URL(inCheckout ? './worker.ts' : './worker.js', import.meta.url);
}

/** The thread that reads code with front ends. */
export function lowerWorkerUrl(): URL {
  return new URL(inCheckout ? './code/lower-worker.ts' : './code-lower-worker.js', import.meta.url);
}

/** The thread that analyses programs. */
export function programWorkerUrl(): URL {
  return new URL(inCheckout ? './code/program-worker.ts' : './code-program-worker.js', import.meta.url);
}

/** The thread that follows data of rules in Semgrep's syntax across files. */
export function patternFlowWorkerUrl(): URL {
  return new URL(inCheckout ? './code/pattern-flow-worker.ts' : './code-pattern-flow-worker.js', import.meta.url);
}

/** The thread in which events are made, watched and kept. */
export function eventWorkerUrl(): URL {
  return new URL(inCheckout ? './event-worker.ts' : './event-worker.js', import.meta.url);
}

/** The thread of the lake. */
export function lakeThreadUrl(): URL {
  return new URL(inCheckout ? '../store/lake/thread.ts' : './lake-thread.js', import.meta.url);
}

/** Folders whose files are the program. */
export function programFolders(): string[] {
  const folders = inCheckout ? ['../../packages', '../../apps'] : ['.'];
  return folders.map((folder) => fileURLToPath(new URL(folder, import.meta.url))).filter((folder) => existsSync(folder));
}

/** The `package.json` that names the version. */
export function manifestFile(): string {
  return fileURLToPath(new URL(inCheckout ? '../../package.json' : '../package.json', import.meta.url));
}
