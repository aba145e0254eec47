import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { readDeviceEvent } from './cef.ts';

describe('CEF', () => {
  it('reads header and extension with their escapes', () => {
    const event = readDeviceEvent('<134>Mar  4 05:06:07 fw-1 CEF:0|Acme\\|Co|Wall\\\\1|2.1|100|A \\| name|8|src=10.0.0.5 msg=a \\= b and spaces\\nnext cs1Label=Rule cs1=x=1');
    expect(event).toMatchObject({ format: 'CEF', vendor: 'Acme|Co', product: 'Wall\\1', version: '2.1', id: '100', name: 'A | name', severity: '8' });
    expect(event?.extension).toEqual(new Map([['src', '10.0.0.5'], ['msg', 'a = b and spaces\nnext'], ['cs1Label', 'Rule'], ['cs1', 'x=1']]));
  });

  it('reads an event without an extension', () => {
    expect(readDeviceEvent('CEF:1|A|B|1|2|C|Low|')).toMatchObject({ severity: 'Low', extension: new Map() });
    expect(readDeviceEvent('CEF:0|A|B|1|2|C|5')).toMatchObject({ severity: '5' });
  });

  it('rejects what has too few parts', () => {
    for (const text of ['', 'CEF:0|', 'CEF:0|A|B|1', 'xCEF:0|A|B|1|2|C|5|', 'CEF:7|A|B|1|2|C|5|']) expect(readDeviceEvent(text)).toBeUndefined();
  });
});

describe('LEEF', () => {
  it('reads both versions and their delimiters', () => {
    expect(readDeviceEvent('LEEF:1.0|Acme|Wall|1|login|src=10.0.0.5\tusrName=mira test\tsev=5')).toMatchObject({ format: 'LEEF', id: 'login', severity: '5', extension: new Map([['src', '10.0.0.5'], ['usrName', 'mira test'], ['sev', '5']]) });
    expect(readDeviceEvent('LEEF:2.0|Acme|Wall|1|login|^|src=10.0.0.5^cat=auth')).toMatchObject({ name: 'auth', extension: new Map([['src', '10.0.0.5'], ['cat', 'auth']]) });
    expect(readDeviceEvent('LEEF:2.0|Acme|Wall|1|login|x5E|src=1^dst=2')?.extension.get('dst')).toBe('2');
    expect(readDeviceEvent('LEEF:2.0|Acme|Wall|1|login||src=1\tdst=2')?.extension.get('dst')).toBe('2');
  });
});

describe('hostile text', () => {
  it('never makes the reader throw or linger', () => {
    fc.assert(fc.property(fc.constantFrom('CEF:0|', 'LEEF:1.0|', 'LEEF:2.0|'), fc.string({ maxLength: 400, unit: fc.constantFrom('|', '\\', '=', ' ', 'a', '\t', '^', '0') }), (start, rest) => void readDeviceEvent(start + rest)));
    const started = process.threadCpuUsage();
    readDeviceEvent(`CEF:0|${'|'.repeat(30_000)}${' a='.repeat(10_000)}`);
    readDeviceEvent(`CEF:0|${'\\|'.repeat(30_000)}`);
    expect(process.threadCpuUsage(started).user / 1000).toBeLessThan(3_000);
  });
});
