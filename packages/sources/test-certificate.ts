import { generateKeyPairSync, sign } from 'node:crypto';

/** A certificate for this machine that signs itself, with its key, made when a test runs: none lies in the repository. */
export function testCertificate(until = '20991231235959Z'): { readonly cert: string; readonly key: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  // RFC 5280, section 4.1.
  const algorithm = sequence(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));
  const name = sequence(node(0x31, sequence(oid(0x55, 0x04, 0x03), text(0x0c, 'localhost'))));
  const names = sequence(text(0x82, 'localhost'), node(0x87, Uint8Array.of(127, 0, 0, 1)));
  const authority = sequence(oid(0x55, 0x1d, 0x13), node(0x01, Uint8Array.of(0xff)), node(0x04, sequence(node(0x01, Uint8Array.of(0xff)))));
  const extensions = node(0xa3, sequence(sequence(oid(0x55, 0x1d, 0x11), node(0x04, names)), authority));
  const body = sequence(
    node(0xa0, node(0x02, Uint8Array.of(2))), node(0x02, Uint8Array.of(1)), algorithm, name, sequence(text(0x18, '20000101000000Z'), text(0x18, until)), name,
    publicKey.export({ type: 'spki', format: 'der' }), extensions,
  );
  const signature = sign('sha256', body, privateKey);
  const der = sequence(body, algorithm, node(0x03, Uint8Array.of(0), signature));
  const lines = Buffer.from(der).toString('base64').match(/.{1,64}/g)?.join('\n') ?? '';
  return { cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`, key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
}

function node(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const content = Buffer.concat(parts);
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Uint8Array.of(tag, length), content]);
  return Buffer.concat([length < 0x100 ? Uint8Array.of(tag, 0x81, length) : Uint8Array.of(tag, 0x82, length >> 8, length & 0xff), content]);
}

function sequence(...parts: readonly Uint8Array[]): Uint8Array {
  return node(0x30, ...parts);
}

function oid(...bytes: readonly number[]): Uint8Array {
  return node(0x06, Uint8Array.from(bytes));
}

function text(tag: number, value: string): Uint8Array {
  return node(tag, Buffer.from(value, 'latin1'));
}
