/**
 * The Common Event Format (ArcSight CEF, implementation standard version 26): `CEF:0|vendor|product|version|id|name|severity|key=value ...`,
 * and IBM's Log Event Extended Format (LEEF 1.0 and 2.0): `LEEF:2.0|vendor|product|version|id|delimiter|key<delimiter>...`.
 */
export interface DeviceEvent {
  readonly format: 'CEF' | 'LEEF';
  readonly vendor: string;
  readonly product: string;
  readonly version: string;
  /** `Device Event Class ID` of CEF, `EventID` of LEEF. */
  readonly id: string;
  readonly name: string | undefined;
  /** As it is written: 0 to 10, or a word. */
  readonly severity: string | undefined;
  readonly extension: ReadonlyMap<string, string>;
}

const lengthLimit = 65_536;
const fieldLimit = 512;
/** Characters of a part of the header that are kept. */
const partLimit = 1023;
const cefStart = /(?:^|\s)CEF:[01]\|/;
const leefStart = /(?:^|\s)LEEF:([12])\.0\|/;

/** A header of syslog may go before. */
export function readDeviceEvent(text: string): DeviceEvent | undefined {
  if (text.length > lengthLimit) return undefined;
  const cef = cefStart.exec(text);
  if (cef !== null) return readCef(text.slice(cef.index + cef[0].length));
  const leef = leefStart.exec(text);
  return leef === null ? undefined : readLeef(text.slice(leef.index + leef[0].length), leef[1] === '2');
}

/** In the header a bar and a backslash are written with a backslash before them. */
function header(text: string, count: number): { readonly parts: readonly string[]; readonly rest: string } | undefined {
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at < text.length && parts.length < count; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '|') {
      parts.push(text.slice(from, Math.min(at, from + partLimit)).replace(/\\([|\\])/g, '$1').trim());
      from = at + 1;
    }
  }
  return parts.length < count ? undefined : { parts, rest: text.slice(from) };
}

function readCef(text: string): DeviceEvent | undefined {
  // Some leave out the last bar when there is no extension.
  const found = header(text, 6) ?? header(`${text}|`, 6);
  if (found === undefined) return undefined;
  const [vendor = '', product = '', version = '', id = '', name = '', severity = ''] = found.parts;
  return { format: 'CEF', vendor, product, version, id, name, severity, extension: cefExtension(found.rest) };
}

/** A key follows a space and ends with `=`; a value may hold spaces, and `=` with a backslash before it. */
const cefKey = /(?:^|\s)([A-Za-z][\w.[\]-]{0,62})=/g;

function cefExtension(text: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  const keys = [...text.matchAll(cefKey)].slice(0, fieldLimit);
  keys.forEach((key, at) => {
    const value = text.slice(key.index + key[0].length, keys[at + 1]?.index ?? text.length);
    fields.set(key[1] ?? '', value.replace(/\\([=\\nr])/g, (_, escaped: string) => ({ n: '\n', r: '\r' })[escaped] ?? escaped).trim());
  });
  return fields;
}

function readLeef(text: string, second: boolean): DeviceEvent | undefined {
  const found = header(text, 4);
  if (found === undefined) return undefined;
  const [vendor = '', product = '', version = '', id = ''] = found.parts;
  const chosen = second ? /^([^|]{0,8})\|/.exec(found.rest) : null;
  const delimiter = delimiterOf(chosen?.[1] ?? '');
  const fields = new Map<string, string>();
  for (const field of found.rest.slice(chosen?.[0].length ?? 0).split(delimiter, fieldLimit)) {
    const equals = field.indexOf('=');
    if (equals > 0) fields.set(field.slice(0, equals).trim(), field.slice(equals + 1).trim());
  }
  return { format: 'LEEF', vendor, product, version, id, name: fields.get('cat'), severity: fields.get('sev'), extension: fields };
}

/** One character, or its number in hexadecimal: `x5E`, `0x5E`. A tab unless it is given. */
function delimiterOf(written: string): string {
  const number = /^0?x([0-9A-Fa-f]{1,4})$/.exec(written)?.[1];
  if (number !== undefined) return String.fromCharCode(Number.parseInt(number, 16));
  return written.length === 1 ? written : '\t';
}
