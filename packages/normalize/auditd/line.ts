/** Records of the Linux audit system as the daemon writes them: `type=SYSCALL msg=audit(1364481363.243:24287): arch=... `. */

export interface AuditRecord {
  readonly type: string;
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly serial: string;
  readonly node: string | undefined;
  readonly fields: ReadonlyMap<string, string>;
}

const head = /(?:^|\s)(?:node=(\S{1,255}) )?type=([A-Z0-9_]{2,32}|\d{4}) (?:msg=)?audit\((\d{9,11})\.(\d{3}):(\d{1,20})\):\s*(.*)$/s;
const field = /(?<![\w-])([A-Za-z][\w-]{0,63}(?:\[\d{1,6}\])?)=("[^"]{0,32768}"|'[^']{0,32768}'|\(null\)|[^\s'"\u001d]{0,32768})/g;
/** Fields whose values are written in hexadecimal when they hold what is no plain word. */
const encoded = /^(?:proctitle|name|exe|comm|cmd|cwd|path|data|acct|key|dir|old-?\w*|new-?\w*|a\d{1,4}(?:\[\d{1,6}\])?)$/;
const fieldLimit = 512;
const recordLimit = 64;

/** Several records in one text are those of one event, or more; each stands in a line of its own. */
export function auditRecords(text: string): readonly AuditRecord[] {
  const found: AuditRecord[] = [];
  for (const line of text.split('\n', recordLimit)) {
    const record = auditRecord(line);
    if (record !== undefined) found.push(record);
  }
  return found;
}

function auditRecord(line: string): AuditRecord | undefined {
  const found = head.exec(line);
  if (found === null) return undefined;
  const [, node, type = '', seconds, millis, serial = '', rest = ''] = found;
  return { type, node, serial, time: Number(seconds) * 1000 + Number(millis), fields: fieldsOf(type, rest) };
}

function fieldsOf(type: string, text: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  let count = 0;
  for (const [, name = '', value = ''] of text.matchAll(field)) {
    if ((count += 1) > fieldLimit) break;
    const quoted = /^(["'])(.*)\1$/s.exec(value);
    // Programs of user space put their own fields into one message in quotes.
    if (name === 'msg' && quoted !== null) for (const [key, inner] of fieldsOf(type, quoted[2] ?? '')) fields.set(key, inner);
    else if (!fields.has(name)) fields.set(name, quoted?.[2] ?? plain(type, name, value));
  }
  return fields;
}

/** The arguments of a system call are numbers in hexadecimal and stay so; those of a program are texts. */
function plain(type: string, name: string, value: string): string {
  if (value.length < 2 || value.length % 2 === 1 || !/^[0-9A-F]+$/.test(value) || !encoded.test(name)) return value;
  if (/^a\d/.test(name) && type !== 'EXECVE') return value;
  if (/^\d+$/.test(value) && name !== 'proctitle' && value.length < 6) return value;
  const bytes = Uint8Array.from(value.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  return latin(bytes).replace(/\0+$/, '').replaceAll('\0', ' ');
}

/** UTF-8 where it is; else one character for each byte. */
function latin(bytes: Uint8Array): string {
  const text = String.fromCharCode(...bytes);
  try {
    return decodeURIComponent(text.replace(/[\0-\u001f%\u0080-\u00ff]/g, (one) => `%${one.charCodeAt(0).toString(16).padStart(2, '0')}`));
  } catch {
    return text;
  }
}
