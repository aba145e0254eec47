import { buildEvent, statusOf } from '#formats/ocsf.ts';
import { defineMapping } from '#model/unit.ts';
import { asObject, textAt } from '../json-fields.ts';
import { apiVerb, classifyBy, endpointOf, named, targetAttributes, userOf } from '../parts.ts';
import { gitlabAction, gitlabActivities, gitlabNames, gitlabTime } from '../webhooks/gitlab.ts';
import { deliveryOf, withPayload } from '../webhooks/webhook.ts';

/** Deliveries of GitLab's webhooks: pushes, merge requests, pipelines, jobs, deployments, releases, members, and system hooks. */
export default defineMapping({
  id: 'gitlab-webhook',
  title: 'GitLab webhook',
  logsource: { product: 'gitlab', service: 'webhook' },
  hint: { keys: ['webhook'] },
  accepts: (value) => deliveryOf(value, 'gitlab') !== undefined,
  map({ value }) {
    const record = asObject(value);
    const delivery = deliveryOf(value, 'gitlab');
    if (record === undefined || delivery === undefined) return undefined;
    const { payload } = delivery;
    const action = gitlabAction(delivery);
    const kind = classifyBy(gitlabActivities, action, apiVerb(action.split('.').at(-1) ?? action));
    const names = gitlabNames(delivery);
    const access = textAt(names, 'access');
    const project = textAt(names, 'project');
    const group = textAt(names, 'group');
    return buildEvent({
      ...kind,
      activityName: action,
      severity: 'informational',
      time: gitlabTime(delivery),
      metadata: { product: { name: 'GitLab', vendor_name: 'GitLab' }, uid: delivery.id, log_name: 'webhook', event_code: action, profiles: ['cloud'] },
      attributes: {
        ...statusOf(/failed/.test(action) ? 'failure' : 'success'),
        status_detail: textAt(payload, 'build_failure_reason') ?? textAt(payload, 'state'),
        message: textAt(payload, 'object_attributes', 'title') ?? textAt(payload, 'message'),
        actor: { user: userOf(textAt(names, 'actor'), textAt(names, 'actor_id')) },
        src_endpoint: endpointOf(undefined),
        api: { operation: action, service: { name: 'GitLab' } },
        cloud: { provider: 'GitLab' },
        ...targetAttributes(kind, {
          user: userOf(textAt(payload, 'user_username') ?? textAt(payload, 'username') ?? textAt(payload, 'user', 'username') ?? textAt(payload, 'user_name'), textAt(payload, 'user_id')), group: { name: group ?? project ?? 'unknown' },
          privileges: access === undefined ? undefined : [access], service: 'GitLab',
          resources: named([{ name: project, uid: textAt(names, 'project_id'), type: 'Project' }, { name: group, type: 'Group' }, { name: textAt(names, 'environment'), type: 'Environment' }, { name: textAt(names, 'ref'), type: 'Ref' }]),
        }),
        unmapped: withPayload(record, delivery, names),
      },
    });
  },
});
