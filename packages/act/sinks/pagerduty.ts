import { isoTime } from '#formats/iso-time.ts';
import { clip } from '#formats/clip.ts';
import type { Severity } from '#model/severity.ts';
import { defineSink } from '#model/sink.ts';
import type { Notice } from '#model/sink.ts';
import { inOrder } from '../delivery/in-order.ts';
import { Outlet } from '../delivery/outlet.ts';
import { moment } from '../incident-words.ts';
import { tell, timesWord, type Told } from '../notice-words.ts';

/** Events API v2, https://developer.pagerduty.com/docs/send-alert-event: `severity` has four values. */
const severities = { critical: 'critical', high: 'error', medium: 'warning', low: 'info', informational: 'info' } as const satisfies Record<Severity, string>;

export default defineSink({
  id: 'pagerduty',
  title: 'PagerDuty, Events API v2: one alert an incident',
  schemes: ['pagerduty+https:', 'pagerduty+http:'],
  examples: ['pagerduty+https://events.pagerduty.com/v2/enqueue'],
  network: 'connect',
  // People get incidents: the signals are in them.
  takes: ['incident'],
  open(address, ctx) {
    const outlet = new Outlet('pagerduty', address, ctx);
    outlet.settings.required('token', 'the integration key (routing key) of the service that is to be paged');
    const key = outlet.credential('pagerduty', 'token');
    const deliver = async (notice: Notice): Promise<void> => {
      const event = { routing_key: key, event_action: actionOf(notice), ...alertOf(notice), client: 'Watchward' };
      await outlet.send({ body: JSON.stringify(event) });
    };
    return { deliver: (notices) => inOrder(notices, deliver), close: () => outlet.close() };
  },
});

/** What a person said ends the paging, or says that somebody is at it. */
function actionOf(notice: Notice): 'trigger' | 'acknowledge' | 'resolve' {
  if (notice.kind === 'signal' || notice.verdict === undefined) return 'trigger';
  return notice.verdict === 'accepted' ? 'acknowledge' : 'resolve';
}

/** The same `dedup_key` for all that belongs to one incident: PagerDuty adds to the alert that is open, and opens one when it was resolved. */
function alertOf(notice: Notice): object {
  const told = tell(notice);
  return {
    dedup_key: told.group,
    payload: {
      summary: clip(`[${told.state}, risk ${told.risk}] ${told.title}`, 1_024),
      source: clip(sourceOf(told), 255),
      severity: severities[told.severity],
      timestamp: isoTime(notice.kind === 'signal' ? notice.signal.time : notice.incident.last),
      component: clip(told.entities[0]?.name ?? 'watchward', 255),
      class: clip(told.rule ?? told.stages.at(-1) ?? 'incident', 255) || 'signal',
      custom_details: {
        state: told.state, revision: told.revision, when: told.when, what_happened: told.summary,
        who_and_what: told.entities.map(({ kind, name }) => `${kind} ${name}`),
        steps: told.steps.map((step) => `${moment(step.time)} ${step.message}${timesWord(step)}`),
        stages: told.stages, techniques: told.techniques, why_ranked_so: told.why, what_to_do_next: told.next,
      },
    },
  };
}

function sourceOf(told: Told): string {
  const place = told.entities.find(({ kind }) => kind === 'account' || kind === 'repository' || kind === 'host') ?? told.entities[0];
  return place === undefined ? 'watchward' : `${place.kind} ${place.name}`;
}
