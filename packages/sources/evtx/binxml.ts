/**
 * Binary XML of Windows event logs to a tree ([MS-EVEN6] 2.2.12 and 3.1.4.7; offsets of names and templates count from the
 * chunk). A template is read once for each chunk; an instance is the template with its values.
 */
import { Cursor, EvtxError } from './bytes.ts';
import { binXmlType, readValue, stringType } from './values.ts';
import type { Scalar } from './values.ts';

export interface Element {
  readonly kind: 'element';
  readonly name: string;
  readonly attributes: readonly { readonly name: string; readonly parts: readonly Part[] }[];
  readonly parts: readonly Part[];
}

export interface Substitution {
  readonly kind: 'substitution';
  readonly index: number;
}

export interface Instance {
  readonly kind: 'instance';
  readonly parts: readonly Part[];
  readonly values: readonly Value[];
}

/** A value, or embedded binary XML. */
export type Value = Scalar | readonly Scalar[] | readonly [Instance | Element];
export type Part = { readonly kind: 'value'; readonly value: Scalar | readonly Scalar[] } | Substitution | Instance | Element;

const token = {
  end: 0x00, element: 0x01, closeStart: 0x02, closeEmpty: 0x03, endElement: 0x04, value: 0x05, attribute: 0x06, cdata: 0x07,
  character: 0x08, entity: 0x09, target: 0x0a, instruction: 0x0b, template: 0x0c, normal: 0x0d, optional: 0x0e, header: 0x0f,
} as const;

const maximumDepth = 64;
const maximumTemplateDepth = 8;
const maximumParts = 65_536;
const entities: ReadonlyMap<string, string> = new Map([['lt', '<'], ['gt', '>'], ['amp', '&'], ['quot', '"'], ['apos', "'"]]);

/** What the records of one chunk share. */
export class ChunkXml {
  private readonly bytes: Buffer;
  private readonly names = new Map<number, string>();
  private readonly templates = new Map<number, readonly Part[]>();
  private parts = 0;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  /** The parts of the fragment at a place. Throws `EvtxError`. */
  record(at: number, end: number): Part[] {
    this.parts = 0;
    return this.fragment(new Cursor(this.bytes, at, end), 0, false);
  }

  private fragment(cursor: Cursor, level: number, embedded: boolean): Part[] {
    if (level > maximumTemplateDepth) throw new EvtxError(`templates nest deeper than ${maximumTemplateDepth}`);
    return this.content(cursor, level, embedded, 0);
  }

  private content(cursor: Cursor, level: number, embedded: boolean, depth: number): Part[] {
    const parts: Part[] = [];
    while (!cursor.done) {
      const code = cursor.u8();
      const kind = code & 0x3f;
      if (kind === token.end || kind === token.endElement) break;
      if (++this.parts > maximumParts) throw new EvtxError(`a record has more than ${maximumParts} parts`);
      if (kind === token.header) cursor.skip(3);
      else if (kind === token.element) parts.push(this.element(cursor, level, embedded, depth, (code & 0x40) !== 0));
      else if (kind === token.template) parts.push(this.instance(cursor, level));
      else if (kind === token.target) this.name(cursor);
      else if (kind === token.instruction) cursor.utf16(cursor.u16());
      else parts.push(this.simple(cursor, kind));
    }
    return parts;
  }

  private element(cursor: Cursor, level: number, embedded: boolean, depth: number, attributed: boolean): Element {
    if (depth > maximumDepth) throw new EvtxError(`elements nest deeper than ${maximumDepth}`);
    // A dependency identifier stands in templates, not in XML that is itself a value.
    if (!embedded) cursor.skip(2);
    cursor.skip(4);
    const name = this.name(cursor);
    const attributes = attributed ? this.attributes(cursor) : [];
    const code = cursor.u8() & 0x3f;
    if (code === token.closeEmpty) return { kind: 'element', name, attributes, parts: [] };
    if (code !== token.closeStart) throw new EvtxError(`the element ${name.slice(0, 40)} does not begin as it should`);
    return { kind: 'element', name, attributes, parts: this.content(cursor, level, embedded, depth + 1) };
  }

  private attributes(cursor: Cursor): Element['attributes'] {
    const end = cursor.u32() + cursor.at;
    const attributes: { name: string; parts: Part[] }[] = [];
    while (cursor.at < end && (this.peek(cursor) & 0x3f) === token.attribute) {
      cursor.skip(1);
      const name = this.name(cursor);
      const parts: Part[] = [];
      while (isSimple(this.peek(cursor) & 0x3f)) parts.push(this.simple(cursor, cursor.u8() & 0x3f));
      this.parts += 1 + parts.length;
      attributes.push({ name, parts });
    }
    return attributes;
  }

  private simple(cursor: Cursor, kind: number): Part {
    switch (kind) {
      case token.value: return { kind: 'value', value: this.inlineValue(cursor) };
      case token.cdata: return { kind: 'value', value: cursor.utf16(cursor.u16()) };
      case token.character: return { kind: 'value', value: String.fromCharCode(cursor.u16()) };
      case token.entity: return { kind: 'value', value: entities.get(this.name(cursor)) ?? '' };
      case token.normal: case token.optional: return substitution(cursor);
      default: throw new EvtxError(`the token 0x${kind.toString(16)} is not expected here`);
    }
  }

  private inlineValue(cursor: Cursor): Scalar | readonly Scalar[] {
    const type = cursor.u8();
    if (type !== stringType) throw new EvtxError(`a value of type 0x${type.toString(16)} cannot stand in text`);
    return cursor.utf16(cursor.u16());
  }

  private instance(cursor: Cursor, level: number): Instance {
    cursor.skip(5);
    const place = cursor.u32();
    const parts = this.template(place, level);
    // A template that is used for the first time stands here itself: link, identifier, length, data.
    if (place === cursor.at) {
      cursor.skip(20);
      cursor.skip(cursor.u32());
    }
    const count = cursor.u32();
    if (count * 4 > cursor.end - cursor.at) throw new EvtxError('a template has more values than fit');
    const sizes = Array.from({ length: count }, () => {
      const length = cursor.u16();
      const type = cursor.u8();
      cursor.skip(1);
      return { length, type };
    });
    return { kind: 'instance', parts, values: sizes.map(({ length, type }) => this.value(cursor, type, length, level)) };
  }

  private value(cursor: Cursor, type: number, length: number, level: number): Value {
    const at = cursor.at;
    cursor.skip(length);
    if (type !== binXmlType) return readValue(this.bytes, type, at, length);
    const [first] = this.fragment(new Cursor(this.bytes, at, at + length), level + 1, true);
    return first?.kind === 'instance' || first?.kind === 'element' ? [first] : null;
  }

  private template(place: number, level: number): readonly Part[] {
    const known = this.templates.get(place);
    if (known !== undefined) return known;
    const header = new Cursor(this.bytes, place, this.bytes.length);
    header.skip(20);
    const length = header.u32();
    const parts = this.fragment(new Cursor(this.bytes, header.at, header.at + length), level + 1, false);
    this.templates.set(place, parts);
    return parts;
  }

  /** A name by its offset; where it is used for the first time it stands here itself. */
  private name(cursor: Cursor): string {
    const place = cursor.u32();
    const reader = new Cursor(this.bytes, place, this.bytes.length);
    const known = place === cursor.at ? undefined : this.names.get(place);
    if (known !== undefined) return known;
    reader.skip(6);
    const text = reader.utf16(reader.u16());
    this.names.set(place, text);
    if (place === cursor.at) cursor.skip(reader.at + 2 - place);
    return text;
  }

  private peek(cursor: Cursor): number {
    return cursor.done ? token.end : (this.bytes[cursor.at] ?? 0);
  }
}

function substitution(cursor: Cursor): Substitution {
  const index = cursor.u16();
  cursor.skip(1);
  return { kind: 'substitution', index };
}

function isSimple(kind: number): boolean {
  return kind === token.value || kind === token.cdata || kind === token.character || kind === token.entity || kind === token.normal || kind === token.optional;
}
