import { describe, expect, it } from 'vitest';
import { mappings } from '#generated/mappings.ts';
import { EventStream } from './stream.ts';

const time = Date.UTC(2026, 2, 4, 5, 6, 7);
const access = '203.0.113.9 - - [04/Mar/2026:05:06:07 +0000] "GET / HTTP/1.1" 200 1 "-" "curl/8"';
const audit = { kind: 'Event', auditID: 'a-1', verb: 'get', stageTimestamp: '2026-03-04T05:06:07Z' };
const syslog = 'Mar  4 05:06:07 web-1 sudo: mira : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/usr/bin/id';

function seen(value: unknown): { outcome: string; product: unknown; time: unknown; logsource: unknown } {
  const { outcome, observation } = new EventStream({ mappings, rules: [] }).push({ source: '-', sequence: 1, value });
  return { outcome, product: observation?.event.metadata.product.name, time: observation?.event.time, logsource: observation?.logsource };
}

describe('what wraps records of other kinds', () => {
  it.each([
    ['a container', { log: `${access}\n`, stream: 'stdout', time: '2026-03-04T05:06:09Z' }, 'Web server'],
    ['a runtime of Kubernetes', `2026-03-04T05:06:09.000000000Z stdout F ${access}`, 'Web server'],
    ['CloudWatch', { logGroup: '/aws/eks/x/cluster', logStream: 'kube-apiserver-audit-1', timestamp: time + 2_000, message: JSON.stringify(audit) }, 'Kubernetes'],
    ['OpenTelemetry', { otlp: { resource: { 'service.name': 'x' }, scope: 'y' }, body: access, timeUnixNano: (time + 2_000) * 1e6 }, 'Web server'],
    ['OpenTelemetry with an object', { otlp: { resource: {}, scope: 'y' }, body: audit, attributes: {} }, 'Kubernetes'],
    ['a wrapper in a wrapper', { logGroup: 'g', message: JSON.stringify({ log: access, stream: 'stdout' }) }, 'Web server'],
  ])('is opened: %s', (_, record, product) => {
    expect(seen(record)).toMatchObject({ outcome: 'mapped', product, time });
  });

  it('lends its time to what names none of its own', () => {
    expect(seen({ log: syslog, stream: 'stdout', time: '2026-03-04T05:06:09Z' })).toMatchObject({ product: 'sudo', time: time + 2_000, logsource: { product: 'linux', service: 'sudo' } });
  });

  it('stands for itself when nothing knows what is inside', () => {
    expect(seen({ log: 'hello', stream: 'stdout', time: '2026-03-04T05:06:07Z' })).toMatchObject({ outcome: 'mapped', logsource: { product: 'container' }, time });
  });

  it('is opened only so often', () => {
    const nested = (levels: number): object => Array.from({ length: levels }).reduce<object>((inner) => ({ logGroup: 'g', message: JSON.stringify(inner) }), audit);
    expect(seen(nested(3))).toMatchObject({ product: 'Kubernetes' });
    expect(seen(nested(6))).toMatchObject({ product: 'CloudWatch Logs' });
  });
});
