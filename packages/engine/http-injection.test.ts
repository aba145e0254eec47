import { describe, expect, it } from 'vitest';
import { mappings } from '#generated/mappings.ts';
import { streamDetectors } from '#generated/stream-detectors.ts';
import { EventStream, type StreamResult } from './stream.ts';

const detectors = streamDetectors.filter(({ id }) => id === 'event/http-injection');

/** Lines of an access log through the whole line: mapping, detector, risk. */
function run(lines: readonly string[]): StreamResult[] {
  const stream = new EventStream({ mappings, rules: [], detectors });
  return lines.map((value, at) => stream.push({ source: 'access.log', sequence: at + 1, value }));
}

function line(target: string, { status = 200, agent = 'Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0', client = '203.0.113.9', second = 0 } = {}): string {
  const at = new Date(Date.UTC(2026, 2, 4, 5, 6, 7) + second * 1000);
  const clock = at.toISOString().slice(11, 19);
  return `${client} - - [04/Mar/2026:${clock} +0000] "GET ${target} HTTP/1.1" ${status} 512 "-" "${agent}"`;
}

describe('injection in the lines of an access log', () => {
  it('becomes a signal with the event, the stage, the risk and what the value does', () => {
    const [result] = run([line('/item?id=1%27%20union%20select%20null,version()--%20-')]);
    expect(result?.outcome).toBe('mapped');
    const [signal] = result?.signals ?? [];
    expect(signal).toMatchObject({ rule: 'event/http-injection', severity: 'high', techniques: ['T1190'], tactics: ['initial-access'] });
    expect(signal?.message).toContain("203.0.113.9 tried SQL injection on /item (GET), in the query parameter 'id'");
    expect(signal?.message).toContain('adds a second select by union');
    expect(signal?.events[0]).toMatchObject({ class_uid: 4002, src_endpoint: { ip: '203.0.113.9' } });
    expect(signal?.risk.score).toBeGreaterThan(50);
  });

  it('is worth less where the server refused it', () => {
    const attack = '/item?id=1%27%20or%201=1--';
    const [answered, refused] = [run([line(attack)]), run([line(attack, { status: 403 })])].map(([result]) => result?.signals[0]);
    expect(answered?.risk.score).toBeGreaterThan(refused?.risk.score ?? 100);
    expect(refused?.severity).toBe('medium');
  });

  it('of a scan with ten thousand requests is a handful of signals', () => {
    const kinds = ['/a?q=1%27%20or%20AT=AT--', '/b?q=%3Cscript%3Ealert(AT)%3C/script%3E', '/c?f=../../../../etc/passwd%00AT', '/d?c=;cat%20/etc/hosts;AT'];
    const lines = Array.from({ length: 10_000 }, (_, at) => line((kinds[at % kinds.length] ?? '').replaceAll('AT', String(at)), { agent: 'sqlmap/1.8', second: at % 3_000, status: 404 }));
    const signals = run(lines).flatMap(({ signals: found }) => found);
    expect(new Set(signals.map(({ title }) => title)).size).toBe(5);
    expect(signals.length).toBeGreaterThanOrEqual(5);
    expect(signals.length).toBeLessThanOrEqual(25);
  });

  it('is nothing in ordinary traffic', () => {
    const targets = ['/', '/search?q=O%27Brien+%26+Sons', '/p/how-to-select-a-union', '/cart?next=https%3A%2F%2Fexample.com%2Fa%3Fb%3D1', '/.well-known/security.txt', '/a/b.css?v=1.2.3', '/i?filter%5Bstatus%5D=open&sort=-name'];
    expect(run(targets.map((target) => line(target))).flatMap(({ signals }) => signals)).toEqual([]);
  });
});
