import { realpathSync } from 'node:fs';
import { decide, type Evidence } from '#decide/decide.ts';
import type { Expectation } from '#decide/expectation.ts';
import type { ScanPredicate } from '#formats/attestation.ts';
import type { Statement } from '#formats/in-toto.ts';
import type { Decision } from '#model/decision.ts';
import type { VerifyingKey } from '#protect/keys.ts';
import { listTree } from '#sources/tree.ts';
import { canonicalJson, predicateOf, readFacts, reportDigest } from './attest.ts';
import { loadEvaluator } from './cedar.ts';
import { type InputPaths, readInputs } from './gate-inputs.ts';
import { toolIdentity } from './identity.ts';
import { readJsonFile } from './json-file.ts';
import { readTree, type TreeReading } from './judged-tree.ts';
import { defaultLimits } from './options.ts';
import { commitOf } from './scope.ts';
import { verifyScan } from './verify.ts';

/** Paths are absolute; `now` is the only clock. */
export interface GateRequest extends InputPaths {
  readonly action: Decision['action'];
  /** Who asks. A claim: policies may use it, nothing proves it. */
  readonly actor: string;
  readonly attestations: readonly string[];
  /** The report that the attestation was made of; its findings are then compared. */
  readonly report?: string;
  readonly exclude: readonly string[];
  readonly ownRules: boolean;
  /** A git ref against which a scan may have called findings old. */
  readonly baseline?: string;
  readonly nonce?: string;
  readonly maxAgeMinutes: number;
  /** Digests of other watchward programs whose scans count. */
  readonly tools: readonly string[];
  readonly contentSince?: string;
  readonly now: number;
  readonly signal?: AbortSignal;
}

/**
 * Decides whether a change may pass, on signed evidence about the tree as it is now. It never throws: whatever goes wrong on the
 * way makes the verdict `unknown`.
 */
export async function gate(request: GateRequest): Promise<Decision> {
  try {
    return await judge(request);
  } catch (error) {
    const message = `the gate could not do its work: ${error instanceof Error ? error.message : String(error)}`;
    return { verdict: 'unknown', action: request.action, reasons: [message], policies: [], errors: [message] };
  }
}

async function judge(request: GateRequest): Promise<Decision> {
  const { keys, policies, faults } = readInputs(request);
  const evaluator = await loadEvaluator(policies);
  const opened = request.attestations.map((path) => openAttestation(path, keys));
  const leaveOut = new Set(opened.flatMap(({ realPath }) => realPath ?? []));
  const readings = new Map<string, TreeReading>();
  const evidence: Evidence[] = [];
  for (const one of opened) evidence.push(await examine(one, request, leaveOut, readings));
  return decide({
    action: request.action,
    actor: request.actor,
    evidence,
    expected: expectationOf(request),
    faults: [...faults, ...evaluator.faults],
    authorize: (question) => evaluator.authorize(question),
  });
}

interface Opened {
  readonly source: string;
  readonly problems: readonly string[];
  readonly statement?: Statement<ScanPredicate>;
  readonly realPath?: string;
}

function openAttestation(source: string, keys: readonly VerifyingKey[]): Opened {
  try {
    return { source, problems: [], statement: verifyScan(source, keys).statement, realPath: realpathSync.native(source) };
  } catch (error) {
    return { source, problems: [error instanceof Error ? error.message : String(error)] };
  }
}

async function examine({ source, problems, statement }: Opened, request: GateRequest, leaveOut: ReadonlySet<string>, readings: Map<string, TreeReading>): Promise<Evidence> {
  if (statement === undefined) return { source, problems };
  const { exclude, limits } = statement.predicate.scope;
  const key = canonicalJson({ exclude, limits });
  const reading = readings.get(key) ?? (await readTree({ target: request.target, scope: { exclude, limits }, leaveOut, signal: request.signal }));
  readings.set(key, reading);
  const mismatch = request.report === undefined ? [] : compareReport(request.report, statement.predicate);
  return { source, statement, tree: reading.tree, problems: [...reading.problems, ...mismatch] };
}

/** A report that does not say what the attestation says makes both worthless. */
function compareReport(path: string, predicate: ScanPredicate): string[] {
  try {
    const report = readJsonFile(path);
    if (reportDigest(report) !== predicate.report.digest) return ['it was not made of the report that was given'];
    const derived = predicateOf(readFacts(report), predicate.report.digest, predicate.nonce);
    return canonicalJson(derived) === canonicalJson(predicate) ? [] : ['it does not say what the report says'];
  } catch (error) {
    return [`the report cannot be read: ${error instanceof Error ? error.message : String(error)}`];
  }
}

function expectationOf(request: GateRequest): Expectation {
  const { digest, content } = toolIdentity();
  const listing = listTree(request.target, { exclude: ['*'], limits: defaultLimits });
  const commit = listing.git?.commit;
  const { baseline, nonce, contentSince } = request;
  return {
    now: request.now,
    maxAgeMinutes: request.maxAgeMinutes,
    tools: new Set([digest, ...request.tools]),
    contents: new Set([content]),
    exclude: new Set(request.exclude),
    ownRules: request.ownRules,
    ...(commit === undefined ? {} : { commit }),
    ...(baseline === undefined ? {} : { baseline: commitOf(listing, baseline, `--baseline ${baseline}`) }),
    ...(nonce === undefined ? {} : { nonce }),
    ...(contentSince === undefined ? {} : { contentSince }),
  };
}

/** SHA-256 of what a statement is about, for records of decisions: the whole tree, with nothing left out. */
export async function identifyTree(target: string): Promise<{ readonly hash: string; readonly commit?: string }> {
  const { tree } = await readTree({ target, scope: { exclude: [], limits: defaultLimits }, leaveOut: new Set() });
  const commit = listTree(target, { exclude: ['*'], limits: defaultLimits }).git?.commit;
  return { hash: tree.hash, ...(commit === undefined ? {} : { commit }) };
}
