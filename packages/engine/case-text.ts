import { createHash } from 'node:crypto';
import type { Proof } from '#model/unit.ts';

const alphabets = new Map([
  ['alnum', '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'],
  ['upper', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'],
  ['lower', 'abcdefghijklmnopqrstuvwxyz'],
  ['word', 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'],
  ['digits', '0123456789'],
  ['hex', '0123456789abcdef'],
  ['HEX', '0123456789ABCDEF'],
  ['base64', 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'],
  ['base64url', 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'],
  ['upperalnum', '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'],
  ['loweralnum', '0123456789abcdefghijklmnopqrstuvwxyz'],
]);

const encoders = new Map<string, (text: string) => string>([
  ['b64', (text) => Buffer.from(text).toString('base64')],
  ['hexof', (text) => Buffer.from(text).toString('hex')],
  ['pct', (text) => encodeURIComponent(text)],
]);

/** Deterministic characters for one seed: the same case text in every run, and no secret in the repository. */
export function seededRandom(seed: string): (alphabet: string, length: number) => string {
  let block = Buffer.alloc(0);
  let counter = 0;
  const nextByte = (): number => {
    if (block.length === 0) block = createHash('sha256').update(`${seed}\0${counter++}`).digest();
    const byte = block[0] as number;
    block = block.subarray(1);
    return byte;
  };
  return (alphabet, length) => {
    let text = '';
    while (text.length < length) {
      const byte = nextByte();
      if (byte < 256 - (256 % alphabet.length)) text += alphabet[byte % alphabet.length];
    }
    return text;
  };
}

/**
 * Expands `${alnum:36}`, `${uuid}`, `${repeat:x:8}`, `${proof:ID}` and `${b64(...)}` in the text of a case. Anything else in
 * `${...}` stays: it may be what the case is about.
 */
export function expandCase(text: string, seed: string, proofs: ReadonlyMap<string, Proof>): string {
  const random = seededRandom(seed);
  const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
  const expand = (input: string): string => {
    let out = '';
    let at = 0;
    for (let open = input.indexOf('${', at); open !== -1; open = input.indexOf('${', at)) {
      out += input.slice(at, open);
      const nested = nestedCall(input, open);
      const end = nested?.end ?? input.indexOf('}', open) + 1;
      if (end === 0) break;
      const encode = nested === undefined ? undefined : encoders.get(nested.name);
      out += encode !== undefined && nested !== undefined ? encode(expand(nested.inside)) : simple(input.slice(open + 2, end - 1));
      at = end;
    }
    return out + input.slice(at);
  };
  const simple = (expression: string): string => {
    const [name, first, second] = expression.split(':') as [string, string?, string?];
    const alphabet = alphabets.get(name);
    if (alphabet !== undefined && /^\d+$/.test(first ?? '')) return random(alphabet, Number(first));
    if (expression === 'uuid') return uuid(random);
    if (name === 'repeat' && /^\d+$/.test(second ?? '')) return (first as string).repeat(Number(second));
    const example = name === 'proof' ? proofs.get(first ?? '')?.example : undefined;
    return example === undefined ? `\${${expression}}` : example(random, { sha256 });
  };
  return expand(text);
}

/** `${name(...)}` with balanced inner braces. */
function nestedCall(input: string, open: number): { name: string; inside: string; end: number } | undefined {
  const head = /^\$\{(\w+)\(/.exec(input.slice(open, open + 16));
  if (head === null) return undefined;
  let depth = 1;
  for (let at = open + head[0].length; at < input.length; at++) {
    if (input[at] === '{') depth++;
    else if (depth === 1 && input.startsWith(')}', at)) return { name: head[1] as string, inside: input.slice(open + head[0].length, at), end: at + 2 };
    else if (input[at] === '}') depth--;
  }
  return undefined;
}

function uuid(random: (alphabet: string, length: number) => string): string {
  const hex = '0123456789abcdef';
  return `${random(hex, 8)}-${random(hex, 4)}-4${random(hex, 3)}-${random('89ab', 1)}${random(hex, 3)}-${random(hex, 12)}`;
}
