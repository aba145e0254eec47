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

export function deliveryOf(value: unknown, forge: string): Delivery | undefined {
  const webhook = objectAt(value, 'webhook');
  const payload = objectAt(value, 'payload');
  if (webhook === undefined || payload === undefined || webhook.forge !== forge) return undefined;
  return { event: textAt(webhook, 'event') ?? 'unknown', id: textAt(webhook, 'delivery'), payload, received: timeOf(webhook.time) ?? timeOf(webhook.received) };
}
