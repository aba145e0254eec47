import type { Language } from '#model/ir.ts';
import type { ConstantValue } from '#model/library.ts';

/** A literal of one word, number or line of text without escapes. */
const literal = /^(?:true|false|True|False|null|None|undefined|-?\d+(?:\.\d+)?|(["'])(?:(?!\1)[^\\\n])*\1)$/;
const atStart = /^(?:(?:true|false|True|False|null|None|undefined|-?\d+(?:\.\d+)?)(?![\w.(])|(["'])(?:(?!\1)[^\\\n])*\1)/;

export function isLiteral(text: string): boolean {
  return literal.test(text);
}

/** The literal that a text begins with. */
export function leadingLiteral(text: string): string | undefined {
  return atStart.exec(text)?.[0];
}

/** A value as the language writes it; text gets the quotes of `like`. */
export function written(value: ConstantValue, language: Language, like: string): string {
  if (typeof value === 'string') {
    const quote = /^["']/.exec(like)?.[0] ?? (language === 'java' ? '"' : "'");
    return `${quote}${value}${quote}`;
  }
  if (language !== 'python') return String(value);
  return value === null ? 'None' : typeof value === 'boolean' ? (value ? 'True' : 'False') : String(value);
}
