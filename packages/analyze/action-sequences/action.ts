import { memberText } from '#formats/ocsf-member.ts';
import type { Event } from '#model/event.ts';
import type { Observation } from '#model/stream.ts';

/** Who did what, as sequences are made of it. */
export interface Action {
  readonly who: string;
  readonly what: string;
}

const longest = 200;

/** Cheap: calls of an interface, by their own name. */
export function mayBeAction({ event }: Observation): boolean {
  return memberText(event, 'api', 'operation') !== undefined;
}

export function actionOf(event: Event): Action | undefined {
  const operation = memberText(event, 'api', 'operation');
  const who = memberText(event, 'actor', 'user', 'uid') ?? memberText(event, 'actor', 'user', 'name') ?? memberText(event, 'actor', 'user', 'email_addr');
  if (operation === undefined || who === undefined) return undefined;
  const service = memberText(event, 'api', 'service', 'name');
  return { who: who.slice(0, longest), what: (service === undefined ? operation : `${service}:${operation}`).slice(0, longest) };
}
