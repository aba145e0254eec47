/** Percent-encoding as servers read it: `%41`, IIS's `%u0041`, and UTF-8 with the overlong forms that lax decoders take. */
export function decodePercent(text: string): string {
  let at = text.indexOf('%');
  if (at < 0) return text;
  let out = text.slice(0, at);
  let bytes: number[] = [];
  const flush = (): void => {
    if (bytes.length > 0) out += decodeLaxUtf8(bytes);
    bytes = [];
  };
  while (at < text.length) {
    const byte = text.charCodeAt(at) === 37 ? hexAt(text, at + 1, 2) : -1;
    const unit = byte < 0 && text.charCodeAt(at) === 37 && (text.charCodeAt(at + 1) | 32) === 117 ? hexAt(text, at + 2, 4) : -1;
    if (byte >= 0) {
      bytes.push(byte);
      at += 3;
      continue;
    }
    flush();
    out += unit >= 0 ? String.fromCharCode(unit) : text[at];
    at += unit >= 0 ? 6 : 1;
  }
  flush();
  return out;
}

/** The number that `digits` hexadecimal digits at `at` stand for, or -1. */
export function hexAt(text: string, at: number, digits: number): number {
  if (at + digits > text.length) return -1;
  let value = 0;
  for (let index = at; index < at + digits; index += 1) {
    const code = text.charCodeAt(index);
    const lower = code | 32;
    const digit = code >= 48 && code <= 57 ? code - 48 : lower >= 97 && lower <= 102 ? lower - 87 : -1;
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

/** UTF-8 without the rule of the shortest form (RFC 3629, section 3, forbids what attackers count on). Other bytes are Latin-1. */
export function decodeLaxUtf8(bytes: readonly number[]): string {
  let out = '';
  for (let at = 0; at < bytes.length; ) {
    const lead = bytes[at] as number;
    const length = lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf8 ? 4 : 1;
    const tail = bytes.slice(at + 1, at + length);
    if (length === 1 || tail.length < length - 1 || tail.some((byte) => (byte & 0xc0) !== 0x80)) {
      out += String.fromCharCode(lead);
      at += 1;
      continue;
    }
    const code = tail.reduce((sum, byte) => (sum << 6) | (byte & 0x3f), lead & (0x7f >> length));
    out += code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
    at += length;
  }
  return out;
}
