import { EVENT_ID, getScalarValue, parseEvents, SCALAR_STYLE } from 'js-yaml';
import { dataKind, type DataTree } from '#model/data-tree.ts';
import { yamlErrorOf } from '#formats/yaml.ts';
import { DataLimit, DataWriter } from './writer.ts';

type YamlEvent = ReturnType<typeof parseEvents>[number];
type Scalar = Extract<YamlEvent, { type: typeof EVENT_ID.SCALAR }>;

const standIn = '__ellipsis__';

/** Reads a stream of documents; the second that cannot be read costs the first nothing. */
export function readYamlTree(text: string): DataTree {
  return build(text, text, false);
}

/** A pattern: `...` for any members, items or value, `$X` for a metavariable. */
export function readYamlPattern(pattern: string): DataTree {
  return build(withStandIns(withOwnEscapes(pattern)), pattern, true);
}

function build(source: string, text: string, isPattern: boolean): DataTree {
  const out = new DataWriter(isPattern ? source : text);
  const root = out.open(dataKind.document, 0);
  try {
    new Reader(source, out, isPattern).read(parseEvents(source, { maxDepth: 200 }));
  } catch (error) {
    if (!(error instanceof DataLimit)) {
      const cause = yamlErrorOf(error);
      out.problem(0, `${cause.message}${cause.line === undefined ? '' : ` (line ${cause.line})`}`);
    } else out.problem(0, error.message);
    return out.finish();
  }
  out.close(root, source.length);
  return out.finish();
}

class Reader {
  private at = 0;
  private end = 0;
  private events: readonly YamlEvent[] = [];
  private readonly source: string;
  private readonly out: DataWriter;
  private readonly isPattern: boolean;

  constructor(source: string, out: DataWriter, isPattern: boolean) {
    this.source = source;
    this.out = out;
    this.isPattern = isPattern;
  }

  read(events: readonly YamlEvent[]): void {
    this.events = events;
    while (this.at < this.events.length) {
      const event = this.events[this.at] as YamlEvent;
      if (event.type === EVENT_ID.DOCUMENT || event.type === EVENT_ID.POP) this.at++;
      else if (this.isPattern && this.membersFrom(this.at) === 1) this.heart(event);
      else this.node();
    }
  }

  /** A pattern of one member or one item is about that, not about the map or list round it. */
  private heart(event: YamlEvent): void {
    this.at++;
    if (event.type === EVENT_ID.MAPPING) this.pair();
    else this.node();
    this.at++;
  }

  /** How many members or items the collection at an event has; 0 for what is none, or has nothing but an ellipsis. */
  private membersFrom(at: number): number {
    const kind = this.events[at]?.type;
    if ((kind !== EVENT_ID.MAPPING && kind !== EVENT_ID.SEQUENCE) || this.isStandIn(at + 1)) return 0;
    let nodes = 0;
    let depth = 0;
    for (let next = at + 1; next < this.events.length; next++) {
      const type = this.events[next]?.type;
      if (type === EVENT_ID.POP && depth-- === 0) break;
      if (depth === 0 && type !== EVENT_ID.POP) nodes++;
      if (type === EVENT_ID.MAPPING || type === EVENT_ID.SEQUENCE) depth++;
    }
    return kind === EVENT_ID.MAPPING ? nodes / 2 : nodes;
  }

  /** Writes the node at the event; afterwards `end` is where its text ends. */
  private node(): number {
    const event = this.events[this.at++] as YamlEvent;
    if (event.type === EVENT_ID.SCALAR) return this.scalar(event);
    if (event.type === EVENT_ID.SEQUENCE) return this.collection(event.start, dataKind.list, () => this.node());
    if (event.type === EVENT_ID.MAPPING) return this.mapping(event.start);
    if (event.type === EVENT_ID.ALIAS) {
      this.end = event.anchorEnd;
      return this.out.leaf(dataKind.form, event.anchorStart, event.anchorEnd, 'alias');
    }
    throw new DataLimit('the events of the parser do not nest');
  }

  private collection(start: number, kind: typeof dataKind.list | typeof dataKind.map, member: () => void): number {
    const { out } = this;
    const node = out.open(kind, start);
    this.end = start + 1;
    while (this.at < this.events.length && this.events[this.at]?.type !== EVENT_ID.POP) member();
    this.at++;
    if (this.source[start] === '[' || this.source[start] === '{') this.end = this.closing(start);
    return out.close(node, this.end);
  }

  /** Where a collection in brackets ends: after the next closing bracket. */
  private closing(start: number): number {
    const wanted = this.source[start] === '[' ? ']' : '}';
    const found = this.source.indexOf(wanted, this.end);
    return found === -1 ? this.end : found + 1;
  }

  private mapping(start: number): number {
    if (this.isStandInOnly()) {
      this.at += 3;
      this.end = start + standIn.length;
      return this.out.leaf(dataKind.ellipsis, start, this.end, '');
    }
    return this.collection(start, dataKind.map, () => this.pair());
  }

  private isStandIn(at: number): boolean {
    const event = this.events[at];
    return this.isPattern && event?.type === EVENT_ID.SCALAR && event.style === SCALAR_STYLE.PLAIN && getScalarValue(this.source, event) === standIn;
  }

  private isStandInOnly(): boolean {
    return this.isStandIn(this.at) && this.isStandIn(this.at + 1) && this.events[this.at + 2]?.type === EVENT_ID.POP;
  }

  private pair(): void {
    const key = this.events[this.at];
    const start = key?.type === EVENT_ID.SCALAR && key.valueStart >= 0 ? this.scalarStart(key) : this.end;
    if (this.isStandIn(this.at) && this.isStandIn(this.at + 1)) {
      this.at += 2;
      this.out.leaf(dataKind.ellipsis, start, start + standIn.length, '');
      return;
    }
    const pair = this.out.open(dataKind.pair, start);
    this.node();
    const keyEnd = this.end;
    this.node();
    this.end = Math.max(this.end, keyEnd);
    this.out.close(pair, this.end);
  }

  private scalarStart(event: Scalar): number {
    if (event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED) return event.valueStart - 1;
    return event.valueStart;
  }

  private scalar(event: Scalar): number {
    const { out, source } = this;
    const value = getScalarValue(source, event);
    const quoted = event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED;
    if (quoted) {
      this.end = event.valueEnd + 1;
      return out.leaf(dataKind.string, event.valueStart - 1, this.end, value);
    }
    if (event.style !== SCALAR_STYLE.PLAIN) return this.blockScalar(event, value);
    // Nothing at all is empty text, as in the rules that look for it.
    if (event.valueStart < 0 || event.valueEnd <= event.valueStart) return out.leaf(dataKind.string, this.end, this.end, '');
    this.end = event.valueEnd;
    if (this.isPattern && value === standIn) return out.leaf(dataKind.ellipsis, event.valueStart, event.valueEnd, '');
    if (this.isPattern && /^\$(?:\.\.\.)?[A-Z_][A-Z_0-9]*$/.test(value)) return out.leaf(dataKind.name, event.valueStart, event.valueEnd, value);
    const [kind, plain] = plainValue(value);
    return out.leaf(kind, event.valueStart, event.valueEnd, plain);
  }

  /** `|` and `>`: the node begins behind the mark, and ends with the last line that has something in it. */
  private blockScalar(event: Scalar, value: string): number {
    let start = event.valueStart - 1;
    while (start > 0 && this.source[start] !== '|' && this.source[start] !== '>') start--;
    const text = this.source.slice(event.valueStart, event.valueEnd);
    this.end = event.valueStart + text.trimEnd().length;
    return this.out.leaf(dataKind.string, start + 1, Math.max(this.end, start + 1), value);
  }
}

const truths = /^(?:y|Y|yes|Yes|YES|true|True|TRUE|on|On|ON)$/;
const lies = /^(?:n|N|no|No|NO|false|False|FALSE|off|Off|OFF)$/;

function plainValue(value: string): [typeof dataKind.string | typeof dataKind.number | typeof dataKind.boolean | typeof dataKind.null, string] {
  if (/^(?:~|null|Null|NULL)$/.test(value)) return [dataKind.null, 'null'];
  if (truths.test(value)) return [dataKind.boolean, 'true'];
  if (lies.test(value)) return [dataKind.boolean, 'false'];
  if (/^[-+]?(?:\d[\d_]*(?:\.[\d_]*)?(?:[eE][-+]?\d+)?|0[xob][0-9a-fA-F]+)$/.test(value)) return [dataKind.number, String(Number(value.replaceAll('_', '')))];
  return [dataKind.string, value];
}

/** Expressions in quotes hold escapes that YAML does not know; they stand for themselves. */
function withOwnEscapes(pattern: string): string {
  return pattern.replace(/"(?:[^"\\\n]|\\.)*"/g, (quoted) => quoted.replace(/\\(.)/g, (all, escaped: string) => ('0abtnvfre "/\\N_LPxuU'.includes(escaped) ? all : `\\${all}`)));
}

/** Ellipses become YAML: an item among items, a member among members, a value where a value stands. */
function withStandIns(pattern: string): string {
  const lines = pattern.split('\n');
  return lines.map((line, at) => {
    const alone = /^([ \t]*)((?:-[ \t]+)*)\.\.\.[ \t]*$/.exec(line);
    if (alone === null) return line.replace(/(?<=^|[\s[{,:(-])\.\.\.(?=$|[\s\]},:)])/g, standIn);
    const [, indent = '', dashes = ''] = alone;
    const member = `${standIn}: ${standIn}`;
    return dashes === '' && isAmongItems(lines, at, indent.length) ? `${indent}- ${member}` : `${indent}${dashes}${member}`;
  }).join('\n');
}

/** Whether the line nearest to this one at the same depth, above or else below, is an item of a list. */
function isAmongItems(lines: readonly string[], at: number, indent: number): boolean {
  for (const step of [-1, 1]) {
    for (let row = at + step; row >= 0 && row < lines.length; row += step) {
      const line = lines[row] as string;
      if (/^\s*(?:\.\.\.\s*)?$/.test(line)) continue;
      const depth = line.search(/\S/);
      if (depth < indent) break;
      if (depth === indent) return /^\s*-(?:\s|$)/.test(line);
    }
  }
  return false;
}
