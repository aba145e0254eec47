import { trait } from '../traits.ts';
import { Tally, type Verdict } from '../verdict.ts';

/** Marks of serialised objects whose reading runs code, and of keys that reach the prototype of every object. */
export function judgeObject(text: string, traits: number): Verdict | undefined {
  const tally = new Tally();
  // Java's stream header, STREAM_MAGIC and STREAM_VERSION (Object Serialization Stream Protocol, 6.4.2), raw, in hexadecimal, in base64.
  if (/^\s*(?:rO0AB[QXY]|KztAAU|Cs7QAF|rO0\/AB)/.test(text) || text.includes('\u00ac\u00ed\u0000\u0005') || /(?:^|\W)aced0005(?:7[0-9a-f]|$)/i.test(text)) tally.add('is a serialised Java object', 3.5);
  if (/AAEAAAD\/{5}|^\s*\/w[EF][y-z0-9]/.test(text)) tally.add('is a serialised .NET object', 3.5);
  if ((traits & trait.colon) !== 0) judgeColon(tally, text);
  if (/(?:^|["'[.{&?=])__proto__|\bconstructor\s*(?:\]|\.|\[|["']\s*:)\s*(?:\[|\{|["'])?\s*prototype\b/.test(text)) tally.add('reaches the prototype of every object', 3.2);
  if (/_\$\$ND_FUNC\$\$_/.test(text)) tally.add('is a serialised function', 4);
  if (/(?:^|\n)c(?:os|posix|nt|subprocess|builtins|__builtin__|commands)\n|\u0080[\u0002-\u0005].{0,40}(?:posix|os|builtins|subprocess)/s.test(text)) tally.add('is a pickled object', 3.5);
  if (/\bclass(?:\.|\[['"]?)(?:module|classloader|protectiondomain)\b/i.test(text)) tally.add('binds to the class of an object', 3.2);
  if (/\u0004\u0008[o[{:I]|^\s*BAh[7bvJ]/.test(text)) tally.add('is a serialised Ruby object', 2.4);
  return tally.verdict('object');
}

function judgeColon(tally: Tally, text: string): void {
  if (/(?:^|[;{=|\s"'])[OC]:[+]?\d{1,4}:"[\\\w]{1,200}":\d{1,4}:\{/.test(text)) tally.add('is a serialised PHP object', 3.5);
  if (/["']@(?:type|class)["']\s*:\s*["'](?:\[?[a-z][\w$]*\.){1,8}\w|["']\$type["']\s*:\s*["']System\./i.test(text)) tally.add('names the class to make', 3.2);
  if (/!!(?:python\/(?:object|name|module|tuple)|javax?\.|ruby\/|com\.sun|org\.)|!ruby\/(?:object|hash|struct)/.test(text)) tally.add('names the class to make', 3.5);
}
