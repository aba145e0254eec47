import { hash } from 'node:crypto';
import { realpathSync, statSync } from 'node:fs';
import { dirname, relative, sep } from 'node:path';
import { readPublicPem, type VerifyingKey } from '#protect/keys.ts';
import { readRegular } from '#sources/read-file.ts';
import { systemCode } from '#sources/source-error.ts';
import type { PolicyText } from './cedar.ts';
import { loadContent } from './content.ts';

/** What the gate rests on. A fault means that nothing can be decided. */
export interface GateInputs {
  readonly keys: readonly VerifyingKey[];
  readonly policies: readonly PolicyText[];
  readonly faults: readonly string[];
}

export interface InputPaths {
  readonly target: string;
  readonly trusted: readonly string[];
  /** Empty: the policy `default` that ships. */
  readonly policies: readonly string[];
  /** SHA-256 of files that may lie in the judged tree. */
  readonly pins: readonly string[];
}

const largestInput = 1024 * 1024;
const defaultPolicy = 'default';

export function readInputs(paths: InputPaths): GateInputs {
  const faults: string[] = [];
  const root = rootOf(paths.target);
  const attempt = <T>(path: string, what: string, read: (text: string) => T): T[] => {
    try {
      return [read(readGuarded(path, root, paths.pins))];
    } catch (error) {
      faults.push(`the ${what} ${path} cannot be used: ${error instanceof Error ? error.message : String(error)}`);
      return [];
    }
  };
  const keys = paths.trusted.flatMap((path) => attempt(path, 'trusted key', readPublicPem));
  const policies = paths.policies.flatMap((path) => attempt(path, 'policy', (text) => ({ name: path.split(/[\\/]/).at(-1) ?? path, text })));
  if (paths.trusted.length === 0) faults.push('no key is trusted; name the public key of whoever scans');
  if (paths.policies.length === 0) policies.push(...shippedPolicies(faults));
  return { keys, policies, faults };
}

function shippedPolicies(faults: string[]): readonly PolicyText[] {
  const found = loadContent().policies.filter(({ name }) => name === defaultPolicy);
  if (found.length === 0) faults.push('this installation lacks its default policy; install watchward again');
  return found;
}

/** What lies in the judged tree counts only when it is pinned: its author must not decide what the gate rests on. */
export function isPinnedOrOutside(path: string, target: string, pins: readonly string[]): boolean {
  const bytes = readRegular(path, { limit: largestInput });
  return bytes !== undefined && isAllowed(path, bytes, rootOf(target), pins);
}

function isAllowed(path: string, bytes: Uint8Array, root: string, pins: readonly string[]): boolean {
  return !isWithin(realpathSync.native(path), root) || pins.includes(hash('sha256', bytes, 'hex'));
}

function readGuarded(path: string, root: string, pins: readonly string[]): string {
  const bytes = readRegular(path, { limit: largestInput });
  if (bytes === undefined) throw new Error('it does not exist');
  if (!isAllowed(path, bytes, root, pins)) {
    throw new Error('it lies in the judged tree, whose author could change it; keep it elsewhere, or pin it by its SHA-256 (--pin)');
  }
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
}

function rootOf(target: string): string {
  try {
    const path = realpathSync.native(target);
    return statSync(path).isDirectory() ? path : dirname(path);
  } catch (error) {
    throw new Error(`${target} cannot be read (${systemCode(error)})`, { cause: error });
  }
}

function isWithin(path: string, folder: string): boolean {
  const steps = relative(folder, path);
  return steps !== '..' && !steps.startsWith(`..${sep}`);
}
