import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { proofs } from '#generated/analysis.ts';
import type { Envelope } from '#protect/dsse.ts';
import { signEnvelope } from '#protect/dsse.ts';
import { generateSigningKey, publicPem, type SigningKey } from '#protect/keys.ts';
import { statementPayloadType } from '#formats/in-toto.ts';
import type { Decision } from '#model/decision.ts';
import type { Report } from '#model/report.ts';
import { attest } from '../attest.ts';
import { expandCase } from '../case-text.ts';
import { gate, type GateRequest } from '../gate.ts';
import { defaultLimits, type ScanOptions } from '../options.ts';
import { scan } from '../scan.ts';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** What a case does to a gate that would pass, and what the gate must then say. */
export interface ChaosCase {
  readonly name: string;
  /** `unknown` unless the case is about what a policy may see. */
  readonly expect?: Decision['verdict'];
  /** Begins with a tree that is kept in git, a commit in it. */
  readonly git?: true;
  readonly act: (stage: Stage) => void | Promise<void>;
}

export const signer: SigningKey = generateSigningKey();
export const stranger: SigningKey = generateSigningKey();

const clean: ReadonlyMap<string, string | Buffer> = new Map<string, string | Buffer>([
  ['README.md', '# Sample\n\nNothing to see.\n'],
  ['src/app.ts', 'export const answer = 42;\n'],
  ['src/place.py', 'def place():\n    return "here"\n'],
  ['config/settings.yaml', 'port: 8080\nhost: localhost\n'],
  ['data/blob.bin', Buffer.from([0, 1, 2, 255, 254, 0, 7])],
  ['empty.txt', ''],
]);

/** A line with a token whose checksum is right; it never stood anywhere. */
export function leakOf(seed: string): string {
  return expandCase('GITHUB_TOKEN=${proof:github-token}\n', `gate.chaos:${seed}`, new Map(proofs.map((proof) => [proof.id, proof])));
}

export const leak = leakOf('one');

interface Template {
  readonly folder: string;
  readonly report: Report;
}

const base = realpathSync(mkdtempSync(join(tmpdir(), 'watchward-chaos-')));
const templates = new Map<string, Promise<Template>>();
let stages = 0;

export function removeStages(): void {
  rmSync(base, { recursive: true, force: true });
}

function template(kind: 'plain' | 'git'): Promise<Template> {
  const known = templates.get(kind) ?? makeTemplate(kind);
  templates.set(kind, known);
  return known;
}

async function makeTemplate(kind: 'plain' | 'git'): Promise<Template> {
  const folder = join(base, kind);
  for (const [path, text] of clean) put(join(folder, path), text);
  if (kind === 'git') {
    git(folder, 'init', '-q', '-b', 'main');
    git(folder, 'add', '.');
    git(folder, 'commit', '-qm', 'first');
  }
  return { folder, report: await scan(scanOptions(folder)) };
}

export function git(folder: string, ...args: string[]): string {
  const env = { PATH: process.env['PATH'], HOME: base, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
  const identity = ['-c', 'user.name=Chaos', '-c', 'user.email=chaos@example.org'];
  return execFileSync('git', [...identity, ...args], { cwd: folder, env, encoding: 'utf8', stdio: 'pipe' }).trim();
}

export function scanOptions(target: string, some: Partial<ScanOptions> = {}): ScanOptions {
  return {
    target, label: '.', severity: 'low', confidence: 'medium', persona: 'regular', rules: [], surfaces: [], ruleFiles: [], exclude: [],
    suppressions: [], history: false, jobs: 0, limits: defaultLimits, ...some,
  };
}

export function put(path: string, text: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** A tree, a good attestation of it, and a gate that passes them: what a case then spoils. */
export class Stage {
  readonly folder: string;
  readonly tree: string;
  readonly attestation: string;
  /** Changes to what the gate is asked. */
  readonly asked: { -readonly [key in keyof GateRequest]?: GateRequest[key] } = {};
  report: Report;

  constructor(folder: string, report: Report) {
    this.folder = folder;
    this.tree = join(folder, 'tree');
    this.attestation = join(folder, 'scan.dsse.json');
    this.report = report;
  }

  static async begin(kind: 'plain' | 'git'): Promise<Stage> {
    const made = await template(kind);
    const stage = new Stage(join(base, `stage-${++stages}`), made.report);
    cpSync(made.folder, stage.tree, { recursive: true, preserveTimestamps: true });
    put(join(stage.folder, 'signer.pub'), publicPem(signer));
    stage.write(stage.envelope());
    return stage;
  }

  /** The good envelope, or one signed by somebody else. */
  envelope(key: SigningKey = signer): Envelope {
    return attest(this.report, key);
  }

  bytes(): Buffer {
    return readFileSync(this.attestation);
  }

  write(content: object): void {
    writeFileSync(this.attestation, content instanceof Uint8Array ? content : JSON.stringify(content));
  }

  file(path: string, text: string | Uint8Array): void {
    put(join(this.tree, path), text);
  }

  /** The statement as plain data, freely changeable. */
  statement(): Json {
    return JSON.parse(Buffer.from(this.envelope().payload, 'base64').toString()) as Json;
  }

  /** Signs what is given with the trusted key and makes it the attestation: the signature holds, the content may be anything. */
  sign(payload: Json | string | Uint8Array, payloadType: string = statementPayloadType): void {
    const bytes = payload instanceof Uint8Array ? payload : Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload));
    this.write(signEnvelope(payloadType, bytes, signer));
  }

  /** Signs the good statement with one member replaced, or taken out when the value is undefined. */
  signWith(path: readonly (string | number)[], value: Json | undefined): void {
    this.sign(replaced(this.statement(), path, value));
  }

  /** Scans the tree for real and attests it. */
  async scan(some: Partial<ScanOptions> = {}, target = this.tree): Promise<Report> {
    this.report = await scan(scanOptions(target, some));
    this.write(this.envelope());
    return this.report;
  }

  policy(text: string | Uint8Array, name = 'own.cedar'): void {
    put(join(this.folder, name), text);
    this.asked.policies = [...(this.asked.policies ?? []), join(this.folder, name)];
  }

  request(): GateRequest {
    return {
      action: 'merge', actor: 'chaos', target: this.tree, trusted: [join(this.folder, 'signer.pub')], policies: [], pins: [],
      attestations: [this.attestation], exclude: [], ownRules: false, maxAgeMinutes: 60, tools: [], now: Date.now(), ...this.asked,
    };
  }

  judge(): Promise<Decision> {
    return gate(this.request());
  }
}

export function replaced(data: Json, path: readonly (string | number)[], value: Json | undefined): Json {
  const [key, ...rest] = path;
  if (key === undefined) return value ?? null;
  if (Array.isArray(data)) return data.map((item, index) => (index === key ? replaced(item, rest, value) : item));
  if (typeof data !== 'object' || data === null) throw new Error(`nothing at ${path.join('.')}`);
  const entries = new Map(Object.entries(data));
  if (rest.length === 0 && value === undefined) entries.delete(String(key));
  else entries.set(String(key), rest.length === 0 ? (value as Json) : replaced(entries.get(String(key)) ?? null, rest, value));
  return Object.fromEntries(entries);
}

/** The value at a place of plain data. */
export function at(data: Json, path: readonly (string | number)[]): Json {
  return path.reduce<Json>((inner, key) => {
    if (typeof inner !== 'object' || inner === null) throw new Error(`nothing at ${path.join('.')}`);
    return (Array.isArray(inner) ? inner[Number(key)] : inner[String(key)]) as Json;
  }, data);
}
