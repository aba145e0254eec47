import { bytesOfLatin1, encodeBase64, latin1 } from '../base64.ts';
import { SigmaError } from './sigma-error.ts';

/** UTF-8 (RFC 3629), one character per byte. A lone surrogate becomes U+FFFD. */
function utf8(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(/%([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** UTF-16 (RFC 2781), one character per byte. */
export function utf16(text: string, order: 'little' | 'big'): string {
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    bytes.push(...(order === 'little' ? [code & 0xff, code >> 8] : [code >> 8, code & 0xff]));
  }
  return latin1(Uint8Array.from(bytes));
}

/** `bytes` says that the text already is one character per byte, because an encoding went before. */
export function base64(text: string, bytes: boolean): string {
  return encodeBase64(bytesOfLatin1(bytes ? text : utf8(text)));
}

/**
 * The three forms that a text takes inside longer Base64, one for each offset modulo 3. Characters that also hold bits of
 * the neighbours are cut off.
 */
export function base64Offsets(text: string, bytes: boolean): string[] {
  const plain = bytes ? text : utf8(text);
  return [0, 1, 2].map((offset) => {
    const encoded = encodeBase64(bytesOfLatin1('\0'.repeat(offset) + plain));
    const cutStart = [0, 2, 3][offset] ?? 0;
    const cutEnd = [0, 3, 2][(plain.length + offset) % 3] ?? 0;
    return encoded.slice(cutStart, encoded.length - cutEnd);
  });
}

const dashes = ['-', '/', '\u2013', '\u2014', '\u2015'];
const maximumForms = 125;

/** Every form of a text in which the dash before each flag is any of the five that Windows programs accept. */
export function dashForms(text: string): string[] {
  const pieces = text.split(/(?<!\w)([-/\u2013\u2014\u2015])(?=\w)/);
  let forms = [''];
  for (const [index, piece] of pieces.entries()) {
    const choices = index % 2 === 1 ? dashes : [piece];
    if (forms.length * choices.length > maximumForms) {
      throw new SigmaError('modifier-value', `\`windash\` gives more than ${maximumForms} forms of "${text}"`);
    }
    forms = forms.flatMap((form) => choices.map((choice) => form + choice));
  }
  return forms;
}
