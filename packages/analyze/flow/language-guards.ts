import type { Language } from '#model/ir.ts';
import { javaMatcher } from './java-guards.ts';
import type { Instruction } from './layout.ts';
import { type Asked, pythonMethod } from './python-guards.ts';

/** What a method call proves of a value by what its language alone has. */
export function methodOfLanguage(language: Language, asked: Asked, call: Instruction): number {
  if (language === 'python') return pythonMethod(asked, call);
  return language === 'java' ? javaMatcher(asked, call) : 0;
}
