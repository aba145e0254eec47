import type { ScanPredicate } from '#formats/attestation.ts';
import type { Decision } from '#model/decision.ts';
import { type Change, changeOf } from './change.ts';
import { doubtsAbout, type Evidence } from './evidence.ts';
import type { Expectation } from './expectation.ts';

export type { Evidence } from './evidence.ts';

export interface PolicyRequest {
  readonly action: Decision['action'];
  readonly actor: string;
  /** Hash of the judged tree. */
  readonly id: string;
  readonly change: Change;
}

export interface PolicyAnswer {
  readonly effect: 'permit' | 'forbid';
  /** The policies that determined it; none when nothing permits. */
  readonly determining: readonly { readonly id: string; readonly reason?: string }[];
  readonly errors: readonly string[];
}

/** Handed in, because a policy engine is no pure code. */
export type Authorize = (request: PolicyRequest) => PolicyAnswer;

export interface Question {
  readonly action: Decision['action'];
  readonly actor: string;
  /** Every one of them has to be complete, and for every one of them the policies must permit. */
  readonly evidence: readonly Evidence[];
  readonly expected: Expectation;
  /** What is wrong with keys or policies; with any of it nothing is decided. */
  readonly faults: readonly string[];
  readonly authorize: Authorize;
}

/** Passes only what the policies permit on complete evidence; what cannot be told is unknown, and unknown never passes. */
export function decide({ action, actor, evidence, expected, faults, authorize }: Question): Decision {
  if (faults.length > 0) return unknown(action, faults, faults);
  if (evidence.length === 0) return unknown(action, ['there is no attestation of a scan']);
  const doubts = evidence.flatMap((one) => doubtsAbout(one, expected).map((doubt) => `${one.source}: ${doubt}`));
  if (doubts.length > 0) return unknown(action, doubts);
  const decisions = evidence.map((one) => decideOn(one, { action, actor, expected, authorize }));
  return decisions.find(({ verdict }) => verdict === 'unknown') ?? decisions.find(({ verdict }) => verdict === 'block') ?? (decisions[0] as Decision);
}

function decideOn({ statement, tree }: Evidence, { action, actor, expected, authorize }: Omit<Question, 'evidence' | 'faults'>): Decision {
  if (statement === undefined || tree === undefined) return unknown(action, ['there is no attestation of a scan']);
  const change = changeOf(statement.predicate, expected.now);
  let answer: PolicyAnswer;
  try {
    answer = authorize({ action, actor, id: tree.hash, change });
  } catch (error) {
    const message = `the policies could not be evaluated: ${error instanceof Error ? error.message : String(error)}`;
    return unknown(action, [message], [message]);
  }
  const { effect, determining, errors } = answer;
  // Cedar skips a policy that fails: a forbid that failed would let through what it was written against.
  if (errors.length > 0) return unknown(action, errors, errors);
  const policies = determining.map(({ id }) => id);
  if (effect === 'permit' && policies.length > 0) {
    return { verdict: 'pass', action, reasons: [`permitted by ${policies.join(', ')}`, ...foundBy(statement.predicate)], policies, errors: [] };
  }
  if (effect !== 'forbid') return unknown(action, ['the policy engine permits without naming a policy']);
  const forbidden = determining.map(({ id, reason }) => (reason === undefined ? `forbidden by ${id}` : `forbidden by ${id}: ${reason}`));
  const decisive = forbidden.length > 0 ? forbidden : [`no policy permits this ${action}`];
  return { verdict: 'block', action, reasons: [...decisive, ...foundBy(statement.predicate)], policies, errors: [] };
}

function unknown(action: Decision['action'], reasons: readonly string[], errors: readonly string[] = []): Decision {
  return { verdict: 'unknown', action, reasons, policies: [], errors };
}

/** At most this many findings are named among the reasons. */
const mostNamed = 5;

function foundBy({ findings: { open } }: ScanPredicate): string[] {
  const worst = open.slice(0, mostNamed).map(({ rule, severity, risk, path, state }) => `${state} ${severity} finding ${rule} in ${path}, risk ${risk}`);
  const rest = open.length > mostNamed ? [`and ${open.length - mostNamed} more findings`] : [];
  return open.length === 0 ? ['no open finding'] : [...worst, ...rest];
}
