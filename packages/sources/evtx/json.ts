/** The tree of a record as the JSON that tools for Windows event logs usually give. */
import type { Element, Instance, Part, Value } from './binxml.ts';
import { EvtxError } from './bytes.ts';
import type { Scalar } from './values.ts';

type Json = Scalar | readonly Json[] | { readonly [name: string]: Json };

/** Characters and parts of one record: a template may name the same value any number of times. */
const maximumSize = 4 * 1024 * 1024;

export function toJson(parts: readonly Part[]): { readonly [name: string]: Json } {
  return new Writer().children(parts, []);
}

class Writer {
  private size = 0;

  children(parts: readonly Part[], values: readonly Value[]): { [name: string]: Json } {
    const found = new Map<string, Json[]>();
    for (const [element, own] of this.elements(parts, values)) {
      for (const [name, value] of this.named(element, own)) {
        const list = found.get(name) ?? [];
        list.push(value);
        found.set(name, list);
      }
    }
    return Object.fromEntries([...found].map(([name, list]) => [name, list.length === 1 ? (list[0] ?? null) : list]));
  }

  /** Elements with the values that their substitutions mean, through templates and embedded XML. */
  private elements(parts: readonly Part[], values: readonly Value[]): [Element, readonly Value[]][] {
    return parts.flatMap((part): [Element, readonly Value[]][] => {
      this.count(1);
      if (part.kind === 'element') return [[part, values]];
      if (part.kind === 'instance') return this.elements(part.parts, part.values);
      const embedded = part.kind === 'substitution' ? embeddedOf(values[part.index]) : undefined;
      return embedded === undefined ? [] : this.elements([embedded], []);
    });
  }

  /** `<Data Name="x">` is a member x; every other element is a member of its own name. */
  private named(element: Element, values: readonly Value[]): [string, Json][] {
    const attributes = element.attributes
      .map(({ name, parts }) => [name, this.text(parts, values)] as const)
      .filter(([, value]) => value !== null && value !== '');
    const name = element.name === 'Data' ? attributes.find(([key]) => key === 'Name')?.[1] : undefined;
    const content = this.content(element, values);
    if (typeof name === 'string') return [[name, content]];
    if (attributes.length === 0) return [[element.name, content]];
    const object = { '#attributes': Object.fromEntries(attributes) };
    if (content === null || content === '') return [[element.name, object]];
    return [[element.name, isObject(content) ? { ...object, ...content } : { ...object, '#text': content }]];
  }

  private content(element: Element, values: readonly Value[]): Json {
    if (this.elements(element.parts, values).length > 0) return this.children(element.parts, values);
    return this.text(element.parts, values);
  }

  /** One part keeps its type; several are one text. */
  private text(parts: readonly Part[], values: readonly Value[]): Json {
    const found = parts.flatMap((part): (Scalar | readonly Scalar[])[] => {
      const value = part.kind === 'value' ? part.value : part.kind === 'substitution' ? plain(values[part.index]) : null;
      if (value !== null) this.count(sizeOf(value));
      return value === null ? [] : [value];
    });
    const only = found[0];
    if (found.length <= 1) return only ?? null;
    return found.map((value) => (Array.isArray(value) ? value.join(' ') : String(value))).join('');
  }

  private count(size: number): void {
    this.size += size;
    if (this.size > maximumSize) throw new EvtxError(`a record expands to more than ${maximumSize} characters`);
  }
}

function embeddedOf(value: Value | undefined): Element | Instance | undefined {
  if (!Array.isArray(value)) return undefined;
  const first = (value as readonly (Scalar | Element | Instance)[])[0];
  return typeof first === 'object' && first !== null ? first : undefined;
}

function plain(value: Value | undefined): Scalar | readonly Scalar[] {
  return value === undefined || embeddedOf(value) !== undefined ? null : (value as Scalar | readonly Scalar[]);
}

function sizeOf(value: Scalar | readonly Scalar[]): number {
  if (typeof value === 'string') return value.length;
  return Array.isArray(value) ? (value as readonly Scalar[]).reduce<number>((sum, item) => sum + String(item).length + 1, 0) : 8;
}

function isObject(value: Json): value is { readonly [name: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
