/** Starts other programs of the repository's own toolchain and waits for them. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');

export interface Ended {
  readonly code: number;
  /** stdout and stderr as they came, when captured. */
  readonly output: string;
}

/** Runs a Node program in the root; `show` lets its output through, otherwise it is collected. */
export function runNode(args: readonly string[], { show }: { readonly show: boolean }): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'] });
    let output = '';
    const collect = (chunk: Buffer): void => void (output += chunk.toString());
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}
