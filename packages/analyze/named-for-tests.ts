import { wordsOf } from './credential-features.ts';

/** How far before a value its name is looked for. */
const longestLead = 160;
const assigned = /(?<name>[\w.$-]{1,80})["'`]?[ \t]*(?::[ \t]*[&\w<>[\]' ]{1,40})?[ \t]*(?::=|=>|=|:)[ \t]*(?:[\w.]{1,20}\()?[&bru]{0,2}["'`]{0,3}$/;
const words: ReadonlySet<string> = new Set(['test', 'tests', 'testing', 'fake', 'dummy', 'mock', 'mocked', 'stub', 'example', 'sample', 'fixture']);

/** The name that a value is given, where that name says that the value is for tests or made up. */
export function nameForTests(text: string, start: number): string | undefined {
  const lead = text.slice(Math.max(0, start - longestLead), start);
  const name = assigned.exec(lead.slice(lead.lastIndexOf('\n') + 1))?.groups?.name;
  return name !== undefined && wordsOf(name).some((word) => words.has(word)) ? name : undefined;
}
