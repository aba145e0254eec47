import { isPrivateAddress } from '#formats/private-address.ts';
import type { EntityKind } from '#model/incident.ts';
import type { EntityRole } from './entities.ts';

const hour = 3_600_000;

interface LinkStrength {
  /** How sure it is, at once, that two signals which share this entity belong together. */
  readonly weight: number;
  /** After this many milliseconds the weight is half. */
  readonly halfLife: number;
}

/**
 * How far sharing an entity ties two signals together. What is made for one use (a session, a key, a process) ties strongly; what
 * many use at once (a machine, a repository, an account) hardly does without a second thing in common. A judgement, see `specs/incidents.md`.
 */
const strengths: Readonly<Record<EntityKind, LinkStrength>> = {
  session: { weight: 0.95, halfLife: 48 * hour },
  credential: { weight: 0.95, halfLife: 96 * hour },
  process: { weight: 0.95, halfLife: 24 * hour },
  user: { weight: 0.75, halfLife: 24 * hour },
  workflow: { weight: 0.7, halfLife: 24 * hour },
  address: { weight: 0.7, halfLife: 24 * hour },
  role: { weight: 0.55, halfLife: 12 * hour },
  service: { weight: 0.55, halfLife: 12 * hour },
  repository: { weight: 0.62, halfLife: 12 * hour },
  host: { weight: 0.62, halfLife: 6 * hour },
  resource: { weight: 0.55, halfLife: 12 * hour },
  account: { weight: 0.12, halfLife: 12 * hour },
};

/** A signal joins an incident when it is this sure that both are one attack. */
export const joinThreshold = 0.6;

/** What one step made or was given, and a later one acts with: the later step needs the earlier one. */
const causalStrength: LinkStrength = { weight: 0.92, halfLife: 7 * 24 * hour };

export interface Shared {
  readonly kind: EntityKind;
  readonly name: string;
  readonly role: EntityRole;
  /** Roles that the entity has had in the incident. */
  readonly before: readonly EntityRole[];
  /** Milliseconds since the incident last saw it. */
  readonly age: number;
  /** Live incidents that know it. */
  readonly incidents: number;
  /** Different actors that have been seen with it. */
  readonly actors: number;
}

/** True where the earlier step brought forth what the later one acts with. */
export function isCausal({ kind, role, before }: Shared): boolean {
  return role === 'actor' && before.includes('target') && !before.includes('actor') && ['user', 'role', 'service', 'session', 'credential', 'process'].includes(kind);
}

/** 0 to 1: how sure the one shared entity makes it that the signal belongs to the incident. */
export function linkOf(shared: Shared): number {
  const { kind, name, age, incidents, actors } = shared;
  const { weight, halfLife } = isCausal(shared) ? causalStrength : strengths[kind];
  const local = kind === 'address' && isPrivateAddress(name) ? 0.65 : 1;
  const common = 1 / Math.sqrt(Math.max(1, incidents)) / (kind === 'address' || kind === 'host' ? 1 + Math.max(0, actors - 2) / 4 : 1);
  return weight * local * common * 2 ** (-Math.max(0, age) / halfLife);
}

/** Independent reasons add up: the chance that not all of them are mistaken. */
export function joined(links: readonly number[]): number {
  return 1 - links.reduce((doubt, link) => doubt * (1 - link), 1);
}
