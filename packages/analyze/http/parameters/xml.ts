import { decodeEntities } from '../decode/entities.ts';
import { mostParameters, type Parameter } from './parameter.ts';

const piece = /<!\[CDATA\[([^]{0,8192}?)\]\]>|>([^<>]{2,8192})<|\s([\w:.-]{1,80})\s*=\s*(?:"([^"<]{1,8192})"|'([^'<]{1,8192})')/g;

/** Texts and attributes of an XML document. Its markup is judged as XML, not as HTML. */
export function splitXml(text: string): Parameter[] {
  const found: Parameter[] = [];
  for (const [, data, content, name = '', double, single] of text.matchAll(piece)) {
    if (found.length >= mostParameters) break;
    const value = data ?? decodeEntities(content ?? double ?? single ?? '');
    if (value.trim() !== '') found.push({ place: 'body', name, value });
  }
  return found;
}
