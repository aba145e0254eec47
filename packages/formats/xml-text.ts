import { visibleText } from './visible-text.ts';

const entities: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'], ['<', '&lt;'], ['>', '&gt;'], ['"', '&quot;'], ["'", '&apos;'],
]);

/** Safe as character data and inside a quoted attribute (XML 1.0 §2.4); what XML 1.0 §2.2 forbids has become visible text. */
export function xmlText(text: string): string {
  return visibleText(text).replace(/[&<>"']/g, (character) => entities.get(character) ?? '');
}

export type XmlAttributes = Readonly<Record<string, string | number | undefined>>;

/** An element; `children` are already XML. */
export function xmlElement(name: string, attributes: XmlAttributes, children: readonly string[] = []): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${xmlText(String(value))}"`)
    .join('');
  if (children.length === 0) return `<${name}${written}/>`;
  return `<${name}${written}>${children.join('')}</${name}>`;
}
