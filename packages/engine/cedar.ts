import { gateSchema } from '#decide/change.ts';
import type { PolicyAnswer, PolicyRequest } from '#decide/decide.ts';
import type * as cedarModule from '@cedar-policy/cedar-wasm/nodejs';

export interface PolicyText {
  /** For messages and for the ids of policies that carry none. */
  readonly name: string;
  readonly text: string;
}

export interface Evaluator {
  /** What is wrong with the policies; with any of it nothing may be decided. */
  readonly faults: readonly string[];
  authorize(request: PolicyRequest): PolicyAnswer;
}

type Cedar = typeof cedarModule;

interface Policy {
  readonly id: string;
  readonly text: string;
  readonly reason?: string;
}

const largestPolicy = 256 * 1024;
const deepestNesting = 64;

/** Parses the policies and checks their types against `gateSchema`, so that a mistake shows before there is anything to decide. */
export async function loadEvaluator(texts: readonly PolicyText[]): Promise<Evaluator> {
  const faults: string[] = [];
  const policies = new Map<string, Policy>();
  let cedar: Cedar | undefined;
  try {
    cedar = await import('@cedar-policy/cedar-wasm/nodejs');
    for (const text of texts) {
      for (const policy of parse(cedar, text, faults)) {
        if (policies.has(policy.id)) faults.push(`two policies have the id ${policy.id}`);
        policies.set(policy.id, policy);
      }
    }
    if (faults.length === 0 && policies.size === 0) faults.push('there is no policy');
    if (faults.length === 0) faults.push(...typeErrors(cedar, policies));
  } catch (error) {
    faults.push(`the policies cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  return { faults, authorize: (request) => evaluate(cedar, policies, request) };
}

function parse(cedar: Cedar, { name, text }: PolicyText, faults: string[]): Policy[] {
  const fault = (what: string): [] => {
    faults.push(`policy file ${name}: ${what}`);
    return [];
  };
  if (text.length > largestPolicy) return fault(`is larger than ${largestPolicy} characters`);
  if (nesting(text) > deepestNesting) return fault(`is nested deeper than ${deepestNesting} brackets`);
  const parts = cedar.policySetTextToParts(text);
  if (parts.type === 'failure') return fault(sentences(parts.errors));
  if (parts.policy_templates.length > 0) return fault('holds a template; only policies are evaluated');
  if (parts.policies.length === 0) return fault('holds no policy');
  return parts.policies.flatMap((source, index) => {
    const answer = cedar.policyToJson(source);
    if (answer.type === 'failure') return fault(sentences(answer.errors));
    const annotations = new Map(Object.entries(answer.json.annotations ?? {}));
    const reason = annotations.get('reason');
    return [{ id: annotations.get('id') || `${name}#${index + 1}`, text: source, ...(reason ? { reason } : {}) }];
  });
}

/** Warnings count: a policy that can never apply is a protection that is not there. */
function typeErrors(cedar: Cedar, policies: ReadonlyMap<string, Policy>): string[] {
  const answer = cedar.validate({ schema: gateSchema, policies: { staticPolicies: sources(policies) } });
  if (answer.type === 'failure') return [sentences(answer.errors)];
  return [
    ...[...answer.validationErrors, ...answer.validationWarnings].map(({ policyId, error }) => `policy ${policyId}: ${error.message}`),
    ...answer.otherWarnings.map(({ message }) => `policies: ${message}`),
  ];
}

function evaluate(cedar: Cedar | undefined, policies: ReadonlyMap<string, Policy>, { action, actor, id, change }: PolicyRequest): PolicyAnswer {
  if (cedar === undefined) return { effect: 'forbid', determining: [], errors: ['the policy engine could not be loaded'] };
  const resource = { type: 'Change', id };
  const principal = { type: 'Actor', id: actor };
  const answer = cedar.isAuthorized({
    principal, action: { type: 'Action', id: action }, resource, context: {}, schema: gateSchema, validateRequest: true,
    policies: { staticPolicies: sources(policies) },
    entities: [{ uid: principal, attrs: {}, parents: [] }, { uid: resource, attrs: attributes(change), parents: [] }],
  });
  if (answer.type === 'failure') return { effect: 'forbid', determining: [], errors: [`the policies could not be evaluated: ${sentences(answer.errors)}`] };
  const { decision, diagnostics } = answer.response;
  return {
    effect: decision === 'allow' ? 'permit' : 'forbid',
    determining: diagnostics.reason.sort().map((policy) => ({ id: policy, ...reasonOf(policies.get(policy)) })),
    errors: diagnostics.errors.map(({ policyId, error }) => `policy ${policyId} failed: ${error.message}`),
  };
}

function attributes(change: PolicyRequest['change']) {
  const { new: fresh, existing, suppressed, coverage, rules, ...rest } = change;
  return {
    ...rest, new: { ...fresh }, existing: { ...existing }, suppressed: { ...suppressed }, rules: [...rules],
    coverage: { ...coverage, diagnostics: [...coverage.diagnostics] },
  };
}

function reasonOf(policy: Policy | undefined): { reason?: string } {
  return policy?.reason === undefined ? {} : { reason: policy.reason };
}

function sources(policies: ReadonlyMap<string, Policy>): Record<string, string> {
  return Object.fromEntries([...policies].map(([id, { text }]) => [id, text]));
}

function sentences(errors: readonly cedarModule.DetailedError[]): string {
  return errors.map(({ message, help }) => (help === null ? message : `${message} (${help})`)).join('; ');
}

/** The evaluator parses by recursion, and a stack that runs out leaves it in an unknown state. Brackets in text count too. */
function nesting(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const character of text) {
    if ('([{'.includes(character)) deepest = Math.max(deepest, ++depth);
    else if (')]}'.includes(character)) depth = Math.max(0, depth - 1);
  }
  return deepest;
}
