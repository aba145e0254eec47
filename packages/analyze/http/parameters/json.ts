import { deepest, mostParameters, type Parameter } from './parameter.ts';

const longestJson = 262_144;

/** The strings of a JSON text, each named by its way from the top; undefined when it is none. Keys are judged by their names. */
export function splitJson(text: string, place: Parameter['place']): Parameter[] | undefined {
  if (text.length > longestJson || !/^\s*[[{]/.test(text)) return undefined;
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return undefined;
  }
  const found: Parameter[] = [];
  walk(data, '', 0, place, found);
  return found;
}

function walk(data: unknown, name: string, depth: number, place: Parameter['place'], found: Parameter[]): void {
  if (found.length >= mostParameters || depth > deepest) return;
  if (typeof data === 'string') found.push({ place, name, value: data });
  else if (Array.isArray(data)) for (const item of data) walk(item, `${name}[]`, depth + 1, place, found);
  else if (typeof data === 'object' && data !== null) {
    for (const [key, value] of Object.entries(data)) {
      const inner = `${name}[${key}]`;
      // A number or truth behind an operator is as telling as a text.
      if (typeof value !== 'object' && typeof value !== 'string') found.push({ place, name: inner, value: '' });
      walk(value, inner, depth + 1, place, found);
    }
  }
}
