import { decodeBase64 } from '../../base64.ts';
import { decodeEntities } from './entities.ts';
import { decodeCompatibility, decodeEscapes, decodeHexRuns, decodeSevenBits, decodeUtf7 } from './escapes.ts';
import { decodeLaxUtf8, decodePercent } from './percent.ts';

/** One reading of a value: the text, and what was undone to get there. */
export interface Layer {
  readonly text: string;
  readonly undone: readonly string[];
}

/** Nobody who means well wraps a value more often. */
const mostLayers = 6;

const decoders: readonly (readonly [string, (text: string) => string])[] = [
  ['percent-encoding', decodePercent],
  ['characters without their eighth bit', decodeSevenBits],
  ['compatibility characters', decodeCompatibility],
  ['character references', decodeEntities],
  ['string escapes', decodeEscapes],
  ['hexadecimal runs', decodeHexRuns],
  ['UTF-7', decodeUtf7],
];

/** The value as it is, then with one wrapping after the other taken off, to a fixed point or the limit. */
export function layersOf(value: string): readonly Layer[] {
  const layers: Layer[] = [{ text: value, undone: [] }];
  for (let top = layers[0] as Layer; layers.length <= mostLayers; ) {
    const next = unwrap(top) ?? unwrapBase64(top) ?? unwrapPlus(top);
    if (next === undefined) break;
    layers.push(next);
    top = next;
  }
  return layers;
}

/** All encodings that are there once; they are independent, and a parser that undoes one tends to undo the others. */
function unwrap({ text, undone }: Layer): Layer | undefined {
  let now = text;
  const names: string[] = [];
  for (const [name, decode] of decoders) {
    const decoded = decode(now);
    if (decoded !== now) names.push(name);
    now = decoded;
  }
  return names.length === 0 ? undefined : { text: now, undone: [...undone, ...names] };
}

/** The whole value is base64 of readable text. */
function unwrapBase64({ text, undone }: Layer): Layer | undefined {
  if (text.length < 12 || text.length > 16_384 || undone.includes('base64') || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(text) || /^[a-z]+$|^[A-Z]+$|^\d+$/.test(text)) return undefined;
  const bytes = decodeBase64(text);
  if (bytes === undefined) return undefined;
  const decoded = decodeLaxUtf8([...bytes]);
  return /^[\t\n\r\u0020-\u007e]+$/.test(decoded) ? { text: decoded, undone: [...undone, 'base64'] } : undefined;
}

/** A plus stands for a space where forms are read (URL standard, section 5.1); asked last, for most plus signs are what they are. */
function unwrapPlus({ text, undone }: Layer): Layer | undefined {
  if (!text.includes('+') || text.includes(' ')) return undefined;
  return { text: text.replaceAll('+', ' '), undone: [...undone, 'plus for space'] };
}
