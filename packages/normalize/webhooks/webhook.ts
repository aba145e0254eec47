/** A delivery of a forge's webhook as the listener hands it on. */
import type { JsonObject } from '../json-fields.ts';
import { objectAt, textAt, timeOf } from '../json-fields.ts';

export interface Delivery {
  readonly event: string;
  readonly id: string | undefined;
  readonly payload: JsonObject;
  /** When it was received, if the listener says so. */
  readonly received: number | undefined;
}

/** The payload with names beside it: rules that are written for the bare payload find its members too. */
export function withPayload(record: JsonObject, { payload }: Delivery, names: JsonObject): JsonObject {
  const members = Object.fromEntries(Object.entries(payload).filter(([name]) => name !== '__proto__').slice(0, 200));
  const given = Object.fromEntries(Object.entries(names).filter(([, value]) => value !== undefined));
  return { ...members, ...given, ...record };
}

export function deliveryOf(value: unknown, forge: string): Delivery | undefined {
  const webhook = objectAt(value, 'webhook');
  const payload = objectAt(value, 'payload');
  if (webhook === undefined || payload === undefined || webhook.forge !== forge) return undefined;
  return { event: textAt(webhook, 'event') ?? 'unknown', id: textAt(webhook, 'delivery'), payload, received: timeOf(webhook.time) ?? timeOf(webhook.received) };
}
