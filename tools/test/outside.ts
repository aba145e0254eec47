/** Runs programs as a person on this machine would: with the machine's own Node, outside any npm script. */
import { spawn, spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { performance } from 'node:perf_hooks';

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
}

/** This process's environment without what npm, vitest and the repository's own Node put into it. */
export function personEnv(): NodeJS.ProcessEnv {
  const path = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => !/node_modules|node-gyp-bin/.test(folder));
  const own = /^(?:npm_|VITEST|WATCHWARD_|INIT_CWD$|NODE_(?:ENV|OPTIONS|CHANNEL_FD|COMPILE_CACHE|PATH|V8_COVERAGE)$|TEST$|DEV$|MODE$|PROD$)/;
  const entries = Object.entries(process.env).filter(([name]) => !own.test(name));
  return { ...Object.fromEntries(entries), PATH: path.join(delimiter), NO_COLOR: '1' };
}

export function runOutside(command: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): Promise<Outcome> {
  const [program = '', ...args] = command;
  const began = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env: { ...personEnv(), ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? -1, stdout, stderr, seconds: (performance.now() - began) / 1000 }));
  });
}

/** The words that start a program without a network; empty where the machine does not let this user cut it off. */
export function withoutNetwork(): readonly string[] {
  const words = ['unshare', '-rn'];
  return spawnSync('unshare', ['-rn', 'true']).status === 0 ? words : [];
}

/** A small tree with one planted secret: a private key made for the occasion. */
export function plantTree(folder: string): void {
  const { privateKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  mkdirSync(join(folder, 'deploy'), { recursive: true });
  writeFileSync(join(folder, 'deploy', 'server.key'), privateKey);
  writeFileSync(join(folder, 'index.js'), 'export const answer = 42;\n');
}

export interface Scanned {
  readonly run: { readonly root: string; readonly exitCode: number };
  readonly findings: readonly { readonly rule: string; readonly location: { readonly path: string } }[];
}

export function placesOf(report: Scanned): string[] {
  return report.findings.map(({ rule, location }) => `${rule} ${location.path}`);
}
