/** Text hidden in base64, hex or percent encoding: found, decoded under limits, and given back to be analysed like any other. */
export interface Decoded {
  readonly encoding: 'base64' | 'hex' | 'percent';
  /** Span of the encoded form in the outer bytes. */
  readonly start: number;
  readonly end: number;
  readonly bytes: Uint8Array;
}

const shortest = 32;
const longest = 262_144;
const percentHints = 3;

const base64Value = new Int8Array(256).fill(-1);
'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'.split('').forEach((c, at) => (base64Value[c.charCodeAt(0)] = at));
base64Value[45] = 62; // '-' and '_' of the URL alphabet, RFC 4648 §5
base64Value[95] = 63;

const hexValue = new Int8Array(256).fill(-1);
'0123456789abcdef'.split('').forEach((c, at) => {
  hexValue[c.charCodeAt(0)] = at;
  hexValue[c.toUpperCase().charCodeAt(0)] = at;
});

/** Every span that decodes to readable text, by ascending start. */
export function decodeSpans(bytes: Uint8Array): Decoded[] {
  const found: Decoded[] = [];
  findRuns(bytes, found);
  findPercents(bytes, found);
  return found;
}

/**
 * Runs of base64 characters. A run of the shortest length covers every position that is a multiple of it from its start, so that
 * only those are looked at until one is part of a run: ordinary text is skipped in steps.
 */
function findRuns(bytes: Uint8Array, found: Decoded[]): void {
  let from = 0;
  while (from + shortest <= bytes.length) {
    let start = from + shortest;
    while (start > from && base64Value[bytes[start - 1] as number] !== -1) start--;
    if (start > from) {
      from = start;
      continue;
    }
    let end = from + shortest;
    while (end < bytes.length && base64Value[bytes[end] as number] !== -1) end++;
    if (end - from <= longest) pushRun(bytes, from, end, found);
    from = end + 1;
  }
}

function findPercents(bytes: Uint8Array, found: Decoded[]): void {
  let seen = 0;
  for (let at = bytes.indexOf(37); at !== -1; at = bytes.indexOf(37, at + 1)) {
    if (++seen % percentHints === 0) at = Math.max(at, pushPercent(bytes, at, found));
  }
}

function pushRun(bytes: Uint8Array, start: number, end: number, found: Decoded[]): void {
  const hex = decodeHex(bytes, start, end);
  if (hex !== undefined) found.push({ encoding: 'hex', start, end, bytes: hex });
  const base64 = hex === undefined ? decodeBase64Run(bytes, start, end) : undefined;
  if (base64 !== undefined) found.push({ encoding: 'base64', start, end, bytes: base64 });
}

function decodeHex(bytes: Uint8Array, start: number, end: number): Uint8Array | undefined {
  if ((end - start) % 2 !== 0) return undefined;
  const out = new Uint8Array((end - start) / 2);
  for (let i = 0; i < out.length; i++) {
    const high = hexValue[bytes[start + 2 * i] as number] as number;
    const low = hexValue[bytes[start + 2 * i + 1] as number] as number;
    if (high < 0 || low < 0 || !isText((high << 4) | low)) return undefined;
    out[i] = (high << 4) | low;
  }
  return out;
}

/** Gives up at the first byte that is no text, which most runs (identifiers, hashes) reach within a few characters. */
function decodeBase64Run(bytes: Uint8Array, start: number, end: number): Uint8Array | undefined {
  const out = new Uint8Array(Math.floor(((end - start) * 3) / 4));
  let bits = 0;
  let held = 0;
  let length = 0;
  for (let i = start; i < end; i++) {
    held = ((held << 6) | (base64Value[bytes[i] as number] as number)) & 0xfff_ffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    const byte = (held >> bits) & 0xff;
    if (!isText(byte)) return undefined;
    out[length++] = byte;
  }
  return out.subarray(0, length);
}

function isText(byte: number): boolean {
  return (byte >= 32 && byte < 127) || byte === 10 || byte === 13 || byte === 9;
}

/** Decodes the run of URL characters round a percent sign; returns the offset of its last byte. */
function pushPercent(bytes: Uint8Array, at: number, found: Decoded[]): number {
  let start = at;
  let end = at;
  while (start > 0 && at - start < 4096 && isUrlByte(bytes[start - 1] as number)) start--;
  while (end < bytes.length && end - at < 4096 && isUrlByte(bytes[end] as number)) end++;
  const out = new Uint8Array(end - start);
  let length = 0;
  for (let i = start; i < end; i++) {
    const high = bytes[i] === 37 && i + 2 < end ? (hexValue[bytes[i + 1] as number] as number) : -1;
    const low = high >= 0 ? (hexValue[bytes[i + 2] as number] as number) : -1;
    out[length++] = low >= 0 ? (high << 4) | low : (bytes[i] as number);
    if (low >= 0) i += 2;
  }
  if (length < end - start) found.push({ encoding: 'percent', start, end, bytes: out.subarray(0, length) });
  return end - 1;
}

/** Anything but white space, quotes, brackets and control characters. */
function isUrlByte(byte: number): boolean {
  return byte > 32 && byte < 127 && byte !== 34 && byte !== 39 && byte !== 60 && byte !== 62 && byte !== 96 && byte !== 123 && byte !== 125;
}
