import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeBase64 } from './base64.ts';
import { readPem } from './pem.ts';

const bytes = Uint8Array.from({ length: 120 }, (_, at) => (at * 37) % 256);
const lines = encodeBase64(bytes).match(/.{1,64}/g) as string[];
const pem = (body: string): string => `-----BEGIN SOME KEY-----${body}-----END SOME KEY-----`;

describe('a PEM block', () => {
  it.each([
    ['on lines of its own', `\n${lines.join('\n')}\n`],
    ['with carriage returns', `\r\n${lines.join('\r\n')}\r\n`],
    ['inside a JSON string', `\\n${lines.join('\\n')}\\n`],
    ['escaped twice', `\\\\n${lines.join('\\\\n')}\\\\n`],
    ['on one line', lines.join('')],
    ['with spaces for line breaks', ` ${lines.join(' ')} `],
    ['joined from strings', `\\n" +\n  "${lines.join('\\n" +\n  "')}\\n" +\n "`],
    ['joined by juxtaposition', `\\n"\n  "${lines.join('\\n"\n  "')}\\n"\n "`],
    ['as an array', `",\n  "${lines.join('",\n  "')}",\n "`],
    ['in a comment', `\n# ${lines.join('\n# ')}\n# `],
    ['indented', `\n    ${lines.join('\n    ')}\n    `],
    ['continued by backslashes', `\\\n${lines.join('\\\n')}\\\n`],
  ])('is read %s', (_, body) => {
    expect(readPem(pem(body))?.body).toEqual(bytes);
  });

  it('keeps headers and armor checksum apart from the body', () => {
    const read = readPem(pem(`\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\n${lines.join('\n')}\n=AbC1\n`));
    expect(read).toEqual({ label: 'SOME KEY', headers: 'Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00', body: bytes, checksum: 'AbC1' });
  });

  it.each(['\n...\n', '\n<your key>\n', `\n${lines[0]}\n[...]\n`, `\n${lines[0]}**\n`])('is none when its body is %j', (body) => {
    expect(readPem(pem(body))).toBeUndefined();
  });

  it('never throws and takes time that follows the length', () => {
    fc.assert(fc.property(fc.string({ maxLength: 300 }), (body) => void readPem(pem(body))));
    const started = process.threadCpuUsage();
    readPem(pem('"\\n '.repeat(20_000)));
    expect(process.threadCpuUsage(started).user / 1000).toBeLessThan(3_000);
  });
});
