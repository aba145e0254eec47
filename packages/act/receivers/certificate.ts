/** A certificate for 127.0.0.1 that signs itself, made when a test runs. For tests only. */
import { generateKeyPairSync, sign } from 'node:crypto';

const der = (tag: number, ...parts: readonly Buffer[]): Buffer => {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
};
const sequence = (...parts: readonly Buffer[]): Buffer => der(0x30, ...parts);
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
const ecdsaWithSha256 = sequence(oid('2a8648ce3d040302'));
const name = sequence(der(0x31, sequence(oid('550403'), der(0x0c, Buffer.from('watchward test')))));
const time = (text: string): Buffer => der(0x17, Buffer.from(text));
const extension = (hex: string, value: Buffer): Buffer => sequence(oid(hex), der(0x04, value));

export function makeCertificate(): { readonly cert: string; readonly key: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const subjectAltName = sequence(der(0x87, Buffer.from([127, 0, 0, 1])), der(0x82, Buffer.from('localhost')));
  const basicConstraints = sequence(der(0x01, Buffer.from([0xff])));
  const toSign = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))), der(0x02, Buffer.from([1])), ecdsaWithSha256, name,
    sequence(time('200101000000Z'), time('490101000000Z')), name, publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(extension('551d11', subjectAltName), extension('551d13', basicConstraints))),
  );
  const whole = sequence(toSign, ecdsaWithSha256, der(0x03, Buffer.from([0]), sign('sha256', toSign, privateKey)));
  const lines = whole.toString('base64').replaceAll(/.{1,64}/g, '$&\n');
  return { cert: `-----BEGIN CERTIFICATE-----\n${lines}-----END CERTIFICATE-----\n`, key: String(privateKey.export({ type: 'pkcs8', format: 'pem' })) };
}
