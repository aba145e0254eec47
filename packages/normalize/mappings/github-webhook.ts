import { buildEvent } from '#formats/ocsf.ts';
import { defineMapping } from '#model/unit.ts';
import { classify } from '../github-audit/classify.ts';
import { githubAttributes } from '../github-audit/event.ts';
import type { JsonObject } from '../json-fields.ts';
import { asObject, textAt } from '../json-fields.ts';
import { githubAction, githubDelivery, githubNames, githubTime } from '../webhooks/github.ts';
import { withPayload } from '../webhooks/webhook.ts';

/** Deliveries of GitHub's webhooks. Rules for the audit log are asked too: the names are its own. */
export default defineMapping({
  id: 'github-webhook',
  title: 'GitHub webhook',
  logsource: { product: 'github' },
  hint: { keys: ['webhook', 'commits'] },
  accepts: (value) => githubDelivery(value) !== undefined,
  map({ value }) {
    const record = asObject(value);
    const delivery = githubDelivery(value);
    if (record === undefined || delivery === undefined) return undefined;
    const action = githubAction(delivery);
    const kind = classify(action);
    const names: JsonObject = Object.fromEntries(Object.entries(githubNames(delivery)).filter(([, held]) => held !== undefined));
    const failed = textAt(names, 'conclusion') === 'failure' || textAt(names, 'status') === 'failure';
    return buildEvent({
      ...kind,
      activityName: action,
      severity: 'informational',
      time: githubTime(delivery),
      metadata: { product: { name: 'GitHub', vendor_name: 'GitHub' }, uid: delivery.id, log_name: 'webhook', event_code: action, profiles: ['cloud'] },
      attributes: { ...githubAttributes(names, failed ? `${action}_failed` : action, kind), unmapped: withPayload(record, delivery, names) },
    });
  },
});
