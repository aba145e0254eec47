import { execFileSync } from 'node:child_process';
import { sign } from 'node:crypto';
import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { preAuthEncoding } from '#protect/dsse.ts';
import { publicPem } from '#protect/keys.ts';
import { type ChaosCase, put, type Stage, signer, stranger } from './stage.ts';

const shares = [0, 0.001, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999];

const truncated: ChaosCase[] = shares.map((share) => ({
  name: `truncated after ${share * 100} %`,
  act: (stage) => stage.write(stage.bytes().subarray(0, Math.floor(stage.bytes().length * share))),
}));

const oneByteShort: ChaosCase[] = [1, 2, 3].map((count) => ({
  name: `truncated by ${count} bytes`,
  act: (stage) => stage.write(stage.bytes().subarray(0, stage.bytes().length - count)),
}));

const flipped: ChaosCase[] = shares.flatMap((share) =>
  [0x01, 0x20, 0x80].map((mask) => ({
    name: `bits ${mask.toString(16)} flipped at ${share * 100} %`,
    act(stage: Stage) {
      const bytes = stage.bytes();
      const place = Math.floor((bytes.length - 1) * share);
      bytes[place] = (bytes[place] as number) ^ mask;
      stage.write(bytes);
    },
  })),
);

const texts: ChaosCase[] = [
  ['empty file', ''], ['{}', '{}'], ['[]', '[]'], ['null', 'null'], ['true', 'true'], ['0', '0'], ['a string', '"x"'], ['a space', ' '],
  ['NUL bytes', '\0'.repeat(64)], ['no JSON', 'permit everything'], ['deep JSON', '['.repeat(200_000) + ']'.repeat(200_000)],
  ['deep objects', '{"payload":'.repeat(100_000) + '1' + '}'.repeat(100_000)],
].map(([name, text]) => ({ name: `attestation is ${name}`, act: (stage) => stage.write(Buffer.from(text as string)) }));

const files: ChaosCase[] = [
  { name: 'attestation is missing', act: ({ attestation }) => rmSync(attestation) },
  { name: 'no attestation is named', act: ({ asked }) => void (asked.attestations = []) },
  { name: 'attestation is a folder', act: ({ attestation }) => { rmSync(attestation); mkdirSync(attestation); } },
  { name: 'attestation is a link to nowhere', act: ({ attestation }) => { rmSync(attestation); symlinkSync('nowhere', attestation); } },
  { name: 'attestation is a link to itself', act: ({ attestation }) => { rmSync(attestation); symlinkSync(attestation, attestation); } },
  { name: 'attestation is a pipe', act: ({ attestation }) => { rmSync(attestation); execFileSync('mkfifo', [attestation]); } },
  { name: 'attestation is /dev/full', act: ({ asked }) => void (asked.attestations = ['/dev/full']) },
  { name: 'attestation is /dev/null', act: ({ asked }) => void (asked.attestations = ['/dev/null']) },
  { name: 'attestation is half written beside its place', act: ({ attestation }) => renameSync(attestation, `${attestation}.123.tmp`) },
  { name: 'attestation is huge', act: (stage) => stage.write(Buffer.concat([stage.bytes(), Buffer.alloc(33 * 1024 * 1024, 32)])) },
  { name: 'attestation begins with a byte order mark', act: (stage) => stage.write(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), stage.bytes()])) },
  { name: 'attestation ends in invalid UTF-8', act: (stage) => stage.write(Buffer.concat([stage.bytes(), Buffer.from([0xc3])])) },
  { name: 'attestation is UTF-16', act: (stage) => stage.write(Buffer.from(stage.bytes().toString(), 'utf16le')) },
  { name: 'attestation twice in one file', act: (stage) => stage.write(Buffer.concat([stage.bytes(), stage.bytes()])) },
  { name: 'a good attestation and a bad one', act: ({ asked, attestation, folder }) => { put(join(folder, 'bad'), '{}'); asked.attestations = [attestation, join(folder, 'bad')]; } },
];

const signatures: ChaosCase[] = [
  { name: 'signed by a stranger', act: (stage) => stage.write(stage.envelope(stranger)) },
  { name: 'signed by a stranger under the trusted id', act: (stage) => stage.write({ ...stage.envelope(), signatures: [{ keyid: signer.id, sig: sigOf(stage, stranger) }] }) },
  { name: 'the signature of the trusted key under the id of a stranger', act: (stage) => stage.write({ ...stage.envelope(), signatures: [{ keyid: stranger.id, sig: sigOf(stage) }] }) },
  { name: 'no signatures', act: (stage) => stage.write({ ...stage.envelope(), signatures: [] }) },
  { name: 'signatures left out', act: (stage) => { const { payload, payloadType } = stage.envelope(); stage.write({ payload, payloadType }); } },
  { name: 'signatures are no list', act: (stage) => stage.write({ ...stage.envelope(), signatures: { 0: { keyid: signer.id, sig: sigOf(stage) } } }) },
  { name: 'signature is empty', act: (stage) => stage.write({ ...stage.envelope(), signatures: [{ keyid: signer.id, sig: '' }] }) },
  { name: 'signature is zeros', act: (stage) => stage.write({ ...stage.envelope(), signatures: [{ keyid: signer.id, sig: Buffer.alloc(64).toString('base64') }] }) },
  { name: 'signature is null', act: (stage) => stage.write({ ...stage.envelope(), signatures: [{ keyid: signer.id, sig: null }] }) },
  { name: 'signature is one byte short', act: (stage) => stage.write({ ...stage.envelope(), signatures: [{ keyid: signer.id, sig: Buffer.from(sigOf(stage), 'base64').subarray(1).toString('base64') }] }) },
  { name: 'signature with spaces', act: (stage) => stage.write({ ...stage.envelope(), signatures: [{ keyid: signer.id, sig: ` ${sigOf(stage)}` }] }) },
  { name: 'signature is given twice', act: (stage) => stage.write({ ...stage.envelope(), signatures: [...stage.envelope().signatures, ...stage.envelope().signatures] }) },
  { name: 'a thousand signatures', act: (stage) => stage.write({ ...stage.envelope(), signatures: Array.from({ length: 1000 }, () => ({ keyid: signer.id, sig: sigOf(stage) })) }) },
  { name: 'signature over the payload alone', act: (stage) => stage.write({ ...stage.envelope(), signatures: [{ keyid: signer.id, sig: sigOver(Buffer.from(stage.envelope().payload, 'base64')) }] }) },
  { name: 'signature over the base64 of the payload', act: (stage) => stage.write({ ...stage.envelope(), signatures: [{ keyid: signer.id, sig: sigOver(preAuthEncoding(stage.envelope().payloadType, Buffer.from(stage.envelope().payload))) }] }) },
];

const payloads: ChaosCase[] = [
  { name: 'another payload type, not signed for', act: (stage) => stage.write({ ...stage.envelope(), payloadType: 'application/json' }) },
  { name: 'another payload type, signed', act: (stage) => stage.sign(stage.statement(), 'application/json') },
  { name: 'payload type is empty', act: (stage) => stage.sign(stage.statement(), '') },
  { name: 'payload type with a space after it', act: (stage) => stage.sign(stage.statement(), 'application/vnd.in-toto+json ') },
  { name: 'the payload of another envelope', act: (stage) => stage.write({ ...stage.envelope(), payload: Buffer.from('{}').toString('base64') }) },
  { name: 'payload is no base64', act: (stage) => stage.write({ ...stage.envelope(), payload: '*'.repeat(400) }) },
  { name: 'payload with a line break', act: (stage) => stage.write({ ...stage.envelope(), payload: `${stage.envelope().payload.slice(0, 76)}\n${stage.envelope().payload.slice(76)}` }) },
  { name: 'payload is empty', act: (stage) => stage.write({ ...stage.envelope(), payload: '' }) },
  { name: 'envelope with an unknown member', act: (stage) => stage.write({ ...stage.envelope(), verdict: 'pass' }) },
  { name: 'envelope with a prototype', act: (stage) => stage.write(Buffer.from(stage.bytes().toString().replace('{', '{"__proto__":{"verdict":"pass"},'))) },
  { name: 'envelope with a constructor', act: (stage) => stage.write(Buffer.from(stage.bytes().toString().replace('{', '{"constructor":{},'))) },
];

const keys: ChaosCase[] = [
  { name: 'no key is trusted', act: ({ asked }) => void (asked.trusted = []) },
  { name: 'only a stranger is trusted', act: ({ folder }) => writeFileSync(join(folder, 'signer.pub'), publicPem(stranger)) },
  { name: 'the trusted key is missing', act: ({ folder }) => rmSync(join(folder, 'signer.pub')) },
  { name: 'the trusted key is empty', act: ({ folder }) => writeFileSync(join(folder, 'signer.pub'), '') },
  { name: 'the trusted key is cut', act: ({ folder }) => writeFileSync(join(folder, 'signer.pub'), publicPem(signer).slice(0, 60)) },
  { name: 'one of two trusted keys is unreadable', act: (stage) => void (stage.asked.trusted = [join(stage.folder, 'signer.pub'), join(stage.folder, 'gone.pub')]) },
  { name: 'the trusted key lies in the judged tree', act: (stage) => { stage.asked.trusted = [join(stage.tree, 'signer.pub')]; stage.file('signer.pub', publicPem(signer)); return stage.scan().then(() => undefined); } },
  { name: 'a key of small order is trusted', act: ({ folder }) => writeFileSync(join(folder, 'signer.pub'), smallOrderKey()) },
];

function sigOf(stage: Stage, key = signer): string {
  return stage.envelope(key).signatures[0]?.sig ?? '';
}

function sigOver(bytes: Uint8Array): string {
  return sign(null, bytes, signer.key).toString('base64');
}

/** RFC 8410 §4 round the point of order 1, for which anyone can sign. */
function smallOrderKey(): string {
  const point = Buffer.alloc(32);
  point[0] = 1;
  const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), point]).toString('base64');
  return `-----BEGIN PUBLIC KEY-----\n${spki}\n-----END PUBLIC KEY-----\n`;
}

export const envelopeCases: readonly ChaosCase[] = [...truncated, ...oneByteShort, ...flipped, ...texts, ...files, ...signatures, ...payloads, ...keys];
