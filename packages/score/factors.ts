/**
 * Every fact that moves a risk, with its weight. `likelihood` weights are log-odds and add up; `impact` weights multiply.
 * A reader sees name, weight and detail; `specs/risk.md` says why each is what it is.
 */
export interface FactorWeight {
  readonly on: 'likelihood' | 'impact';
  readonly weight: number;
}

export const factors: ReadonlyMap<string, FactorWeight> = new Map([
  ['confidence.low', { on: 'likelihood', weight: -1.2 }],
  ['confidence.medium', { on: 'likelihood', weight: 0.2 }],
  ['confidence.high', { on: 'likelihood', weight: 1.6 }],
  ['severity.informational', { on: 'impact', weight: 0.05 }],
  ['severity.low', { on: 'impact', weight: 0.25 }],
  ['severity.medium', { on: 'impact', weight: 0.5 }],
  ['severity.high', { on: 'impact', weight: 0.75 }],
  ['severity.critical', { on: 'impact', weight: 1 }],
  ['proof.valid', { on: 'likelihood', weight: 1.5 }],
  ['proof.unknown', { on: 'likelihood', weight: 0 }],
  ['value.random', { on: 'likelihood', weight: 0.4 }],
  ['value.weak', { on: 'likelihood', weight: -0.4 }],
  ['value.made-up', { on: 'likelihood', weight: -2.5 }],
  ['value.encoded', { on: 'likelihood', weight: -0.3 }],
  ['value.expired', { on: 'likelihood', weight: -2 }],
  ['value.repeated', { on: 'likelihood', weight: 0.3 }],
  ['context.assigned', { on: 'likelihood', weight: 0.3 }],
  ['context.production', { on: 'impact', weight: 1.15 }],
  ['context.loopback', { on: 'impact', weight: 0.4 }],
  ['path.test', { on: 'likelihood', weight: -1.5 }],
  ['path.example', { on: 'likelihood', weight: -1.2 }],
  ['path.documentation', { on: 'likelihood', weight: -1.2 }],
  ['path.vendored', { on: 'likelihood', weight: -1 }],
  ['path.config', { on: 'likelihood', weight: 0.4 }],
  ['path.generated', { on: 'likelihood', weight: -0.3 }],
  ['history.removed', { on: 'likelihood', weight: -0.3 }],
  ['event.outcome.failure', { on: 'impact', weight: 0.6 }],
  ['request.likely', { on: 'likelihood', weight: 0 }],
  ['request.certain', { on: 'likelihood', weight: 0.8 }],
  ['request.disguised', { on: 'likelihood', weight: 0.6 }],
  ['request.answered', { on: 'impact', weight: 1 }],
  ['request.server-error', { on: 'likelihood', weight: 0.4 }],
  ['indicator.listed', { on: 'likelihood', weight: 0.4 }],
  ['indicator.stale', { on: 'likelihood', weight: -0.8 }],
  ['indicator.reached', { on: 'impact', weight: 1.2 }],
  ['asset.critical', { on: 'impact', weight: 1.3 }],
  ['asset.high', { on: 'impact', weight: 1.15 }],
  ['identity.privileged', { on: 'impact', weight: 1.2 }],
  ['event.privileged', { on: 'impact', weight: 1.2 }],
  ['incident.stages.2', { on: 'likelihood', weight: 0.5 }],
  ['incident.stages.3', { on: 'likelihood', weight: 1 }],
  ['incident.stages.4', { on: 'likelihood', weight: 1.6 }],
  ['incident.rules', { on: 'likelihood', weight: 0.6 }],
  ['incident.causal', { on: 'likelihood', weight: 0.6 }],
  ['incident.open', { on: 'likelihood', weight: 0.4 }],
  ['incident.finding', { on: 'likelihood', weight: 0.4 }],
  ['incident.harm', { on: 'impact', weight: 1.2 }],
]);
