import { decodeBase64 } from './base64.ts';

/** A PEM block (RFC 7468, with the header lines of RFC 1421) as it stands in source code, escapes and quotes included. */
export interface Pem {
  readonly label: string;
  /** `Proc-Type: ...` and its like; empty for most. */
  readonly headers: string;
  readonly body: Uint8Array;
  /** The five characters `=XXXX` that end OpenPGP armor (RFC 9580 §6.1), without the sign. */
  readonly checksum: string | undefined;
}

const frame = /-----BEGIN ([A-Z0-9 ]{3,40})-----([^]*?)-----END \1-----/;
const headerLine = /^[A-Za-z-]{3,30}: [^\n]*$/;

/** Undefined when there is no block or its body is not base64: shortened, masked, made up. */
export function readPem(text: string): Pem | undefined {
  const found = frame.exec(text);
  if (found === null) return undefined;
  const lines = plainLines(found[2] as string);
  const headers = lines.filter((line) => headerLine.test(line));
  const rest = lines.filter((line) => !headerLine.test(line));
  const last = rest.at(-1) ?? '';
  const checksum = /^=[0-9A-Za-z+/]{4}$/.test(last) ? last.slice(1) : undefined;
  const body = decodeBase64((checksum === undefined ? rest : rest.slice(0, -1)).join(''));
  return body === undefined ? undefined : { label: found[1] as string, headers: headers.join('\n'), body, checksum };
}

/** Undoes what languages and formats do to line breaks: `\n`, `" +`, leading `#` or `|`, indentation. Runs are bounded: input is hostile. */
function plainLines(text: string): string[] {
  return text
    .replace(/\\+r?\\*n|\\+r/g, '\n')
    .replace(/["'`]\s{0,80}[+.&]?\s{0,80}["'`]/g, '\n')
    .split(/[\r\n]+/)
    .map((line) => line.replace(/^[\s"'`#>|*\\]+|[\s"'`,;\\]{1,80}$/g, ''))
    .flatMap((line) => (headerLine.test(line) ? [line] : line.split(/[ \t]+/)))
    .filter((line) => line !== '');
}
