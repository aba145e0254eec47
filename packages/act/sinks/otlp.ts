import type { Severity } from '#model/severity.ts';
import { defineSink } from '#model/sink.ts';
import type { Notice } from '#model/sink.ts';
import { jsonMember, jsonText } from '../delivery/answer-json.ts';
import { inChunks } from '../delivery/in-order.ts';
import { Outlet } from '../delivery/outlet.ts';
import { tell } from '../notice-words.ts';

/** Log data model of OpenTelemetry, field SeverityNumber: the first of INFO, INFO2, WARN, ERROR and FATAL. */
const numbers = { informational: 9, low: 10, medium: 13, high: 17, critical: 21 } as const satisfies Record<Severity, number>;

/** OTLP 1.x, "Retryable Response Codes": the others must not be retried. */
const passing = (status: number): boolean => status === 429 || (status >= 502 && status <= 504);

const recordsPerRequest = 100;

export default defineSink({
  id: 'otlp',
  title: 'OpenTelemetry: log records by OTLP over HTTP, as JSON',
  schemes: ['otlp+https:', 'otlp+http:'],
  examples: ['otlp+https://collector.example.com:4318'],
  network: 'connect',
  takes: ['signal', 'incident'],
  open(address, ctx) {
    const outlet = new Outlet('otlp', address, ctx, { passing });
    if (outlet.url.pathname === '/') outlet.url.pathname = '/v1/logs';
    const token = outlet.credential('otlp', 'token');
    const headers = (): { readonly [name: string]: string } => (token === undefined ? {} : { authorization: `Bearer ${token}` });
    const resource = { attributes: [text('service.name', ctx.product.name), text('service.version', ctx.product.version)] };
    const deliver = async (notices: readonly Notice[]): Promise<void> => {
      const scopeLogs = [{ scope: { name: ctx.product.name, version: ctx.product.version }, logRecords: notices.map(recordOf) }];
      await outlet.send({
        headers, body: JSON.stringify({ resourceLogs: [{ resource, scopeLogs }] }),
        judge: (answer) => {
          const rejected = Number(jsonMember(answer.text, 'partialSuccess', 'rejectedLogRecords') ?? 0);
          if (rejected > 0) throw outlet.refused(`rejected ${rejected} of ${notices.length} log records: ${jsonText(answer.text, 'partialSuccess', 'errorMessage') ?? 'no reason given'}`);
        },
      });
    };
    return { deliver: (notices) => inChunks(notices, recordsPerRequest, deliver), close: () => outlet.close() };
  },
});

function recordOf(notice: Notice): object {
  const told = tell(notice);
  const time = notice.kind === 'signal' ? notice.signal.time : notice.incident.last;
  const nanoseconds = `${Math.min(Math.max(0, Math.trunc(time) || 0), 8_640_000_000_000)}000000`;
  return {
    timeUnixNano: nanoseconds,
    observedTimeUnixNano: nanoseconds,
    severityNumber: numbers[told.severity],
    severityText: told.severity.toUpperCase(),
    eventName: `watchward.${notice.kind}`,
    body: { stringValue: `${told.title}: ${told.summary}` },
    attributes: [
      text('watchward.key', told.group), text('watchward.state', told.state), text('watchward.severity', told.severity),
      { key: 'watchward.revision', value: { intValue: String(told.revision) } },
      { key: 'watchward.risk', value: { doubleValue: told.risk } },
      ...(told.rule === undefined ? [] : [text('watchward.rule', told.rule)]),
      list('watchward.stages', told.stages),
      list('watchward.techniques', told.techniques),
      list('watchward.entities', told.entities.map(({ kind, name }) => `${kind} ${name}`)),
      list('watchward.steps', told.steps.map(({ message }) => message)),
      text('watchward.why', told.why),
    ],
  };
}

function text(key: string, value: string): object {
  return { key, value: { stringValue: value } };
}

function list(key: string, values: readonly string[]): object {
  return { key, value: { arrayValue: { values: values.map((stringValue) => ({ stringValue })) } } };
}
