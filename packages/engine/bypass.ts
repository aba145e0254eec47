import { type BypassPredicate, bypassPredicateType, keptReasons, longestKeptReason, longestReason, shortestReason } from '#formats/bypass.ts';
import { statementPayloadType, treeStatement } from '#formats/in-toto.ts';
import type { Decision } from '#model/decision.ts';
import { signEnvelope } from '#protect/dsse.ts';
import type { SigningKey } from '#protect/keys.ts';
import { appendRecord } from './bypass-record.ts';
import { EngineError } from './errors.ts';

export interface BypassRequest {
  readonly by: string;
  readonly reason: string;
  /** Who may: names from a configuration that the judged project does not control. */
  readonly allowed: readonly string[];
}

/** Throws unless the named person may let a change through and says why. */
export function checkBypass({ by, reason, allowed }: BypassRequest): void {
  const refuse = (message: string): never => {
    throw new EngineError('bypass-refused', message);
  };
  if (!allowed.includes(by)) refuse(`"${by}" is not among those who may bypass the gate (gate.bypass in a configuration file given with --config)`);
  if (reason.replace(/\s/g, '').length < shortestReason) refuse(`a bypass needs a reason of at least ${shortestReason} characters; say why it cannot wait`);
  if (reason.length > longestReason || !reason.isWellFormed()) refuse(`the reason is longer than ${longestReason} characters or is not valid Unicode`);
}

/**
 * Records, signed, that somebody lets a change through, and gives the decision that says so. The verdict stays what it was. Throws
 * when it cannot be recorded: then there is no bypass.
 */
export function bypass(
  decision: Decision,
  request: BypassRequest,
  place: { readonly tree: { readonly hash: string; readonly commit?: string }; readonly record: string; readonly key: SigningKey; readonly now: number },
): Decision {
  checkBypass(request);
  const { verdict, action, reasons } = decision;
  if (verdict === 'pass') return decision;
  const { tree, record, key, now } = place;
  appendRecord(record, (previous) => {
    const predicate: BypassPredicate = {
      by: request.by,
      reason: request.reason,
      at: new Date(now).toISOString(),
      action,
      verdict,
      reasons: reasons.slice(0, keptReasons).map((reason) => reason.toWellFormed().slice(0, longestKeptReason).toWellFormed()),
      ...(tree.commit === undefined ? {} : { commit: tree.commit }),
      ...(previous === undefined ? {} : { previous }),
    };
    const payload = Buffer.from(JSON.stringify(treeStatement(tree.hash, bypassPredicateType, predicate)));
    return JSON.stringify(signEnvelope(statementPayloadType, payload, key));
  });
  return { ...decision, bypass: { by: request.by, reason: request.reason } };
}
