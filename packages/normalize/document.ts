import type { Artifact, Document } from '#model/artifact.ts';
import type { Diagnostic } from '#model/diagnostic.ts';
import { pathTraits } from './path-traits.ts';

/** Turns bytes into text one character per byte; handed in, because the platform's own is many times faster. */
export type Latin1 = (bytes: Uint8Array) => string;

export type DocumentResult =
  | { readonly document: Document; readonly diagnostics: readonly Diagnostic[] }
  | { readonly binary: true };

const sniffLength = 8192;

/** Decides whether an artifact is text and brings it to the one form that every unit reads. */
export function toDocument(artifact: Artifact, latin1: Latin1): DocumentResult {
  const bytes = toUtf8(artifact.bytes);
  if (looksBinary(bytes)) return { binary: true };
  const traits = pathTraits(artifact.path);
  const document = { path: artifact.path, bytes, text: latin1(bytes), traits, generated: isGenerated(bytes, traits.extension) };
  return { document, diagnostics: [] };
}

/** A zero byte tells binary from text, unless nearly all the rest is plain text: then somebody put it there. */
function looksBinary(bytes: Uint8Array): boolean {
  const sample = bytes.subarray(0, sniffLength);
  if (!sample.includes(0)) return false;
  let plain = 0;
  for (const byte of sample) if (isPlain(byte)) plain++;
  return plain < sample.length * 0.9;
}

/** Drops a byte order mark; re-encodes UTF-16 as UTF-8. Anything else passes as it is. */
function toUtf8(bytes: Uint8Array): Uint8Array {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return bytes.subarray(3);
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return utf16ToUtf8(bytes.subarray(2), 0);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return utf16ToUtf8(bytes.subarray(2), 1);
  if (!looksBinary(bytes)) return bytes;
  const lowAt = unmarkedUtf16(bytes);
  return lowAt === undefined ? bytes : utf16ToUtf8(bytes, lowAt);
}

const utf16Sample = 1024;
const fewestPairs = 8;

/** Where the low bytes of UTF-16 without a mark lie: nearly every pair must be a printable ASCII character and a zero. */
function unmarkedUtf16(bytes: Uint8Array): 0 | 1 | undefined {
  const pairs = Math.min(utf16Sample, bytes.length) >> 1;
  if (pairs < fewestPairs) return undefined;
  for (const lowAt of [0, 1] as const) {
    let plain = 0;
    for (let at = 0; at < pairs; at++) if (bytes[2 * at + 1 - lowAt] === 0 && isPlain(bytes[2 * at + lowAt] as number)) plain++;
    if (plain >= pairs * 0.9) return lowAt;
  }
  return undefined;
}

function isPlain(byte: number): boolean {
  return (byte >= 32 && byte < 127) || byte === 9 || byte === 10 || byte === 13;
}

/** `lowAt` is the offset of the low byte in each pair: 0 little endian, 1 big endian. */
function utf16ToUtf8(bytes: Uint8Array, lowAt: 0 | 1): Uint8Array {
  const out = new Uint8Array(Math.ceil(bytes.length / 2) * 3);
  let length = 0;
  for (let i = 0; i + 1 < bytes.length; i += 2) {
    let code = (bytes[i + lowAt] as number) | ((bytes[i + 1 - lowAt] as number) << 8);
    if (code >= 0xd800 && code < 0xdc00 && i + 3 < bytes.length) {
      const low = (bytes[i + 2 + lowAt] as number) | ((bytes[i + 3 - lowAt] as number) << 8);
      code = 0x10000 + ((code - 0xd800) << 10) + ((low - 0xdc00) & 0x3ff);
      i += 2;
    }
    if (code < 0x80) out[length++] = code;
    else if (code < 0x800) {
      out[length++] = 0xc0 | (code >> 6);
      out[length++] = 0x80 | (code & 0x3f);
    } else if (code < 0x10000) {
      out[length++] = 0xe0 | (code >> 12);
      out[length++] = 0x80 | ((code >> 6) & 0x3f);
      out[length++] = 0x80 | (code & 0x3f);
    } else {
      out[length++] = 0xf0 | (code >> 18);
      out[length++] = 0x80 | ((code >> 12) & 0x3f);
      out[length++] = 0x80 | ((code >> 6) & 0x3f);
      out[length++] = 0x80 | (code & 0x3f);
    }
  }
  return out.subarray(0, length);
}

const bundledExtensions = new Set(['map', 'svg', 'min.js', 'min.css', 'bundle.js', 'ipynb']);

/** Minified or bundled: declared by its name, or lines that no person writes (sampled at the start). */
function isGenerated(bytes: Uint8Array, extension: string): boolean {
  if (bundledExtensions.has(extension)) return true;
  if (bytes.length < 4096) return false;
  const sample = Math.min(bytes.length, 65_536);
  let lines = 1;
  for (let i = 0; i < sample; i++) if (bytes[i] === 10) lines++;
  return sample / lines > 400;
}
