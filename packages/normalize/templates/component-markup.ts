import { Blank, mark } from './blank.ts';

/** What a component shows as markup: `v-html="text"` (Vue), `{@html text}` (Svelte). Angular cleans what is bound to `innerHTML` by itself. */
const outputs: ReadonlyMap<string, RegExp> = new Map([
  ['vue', /\sv-html=(?:"\s{0,20}([^"\n]{1,200}?)\s{0,20}"|'\s{0,20}([^'\n]{1,200}?)\s{0,20}')/g],
  ['svelte', /\{@html\s{1,20}([^{}\n]{1,200}?)\s{0,20}\}/g],
]);
/** A path of names, or a call of one with such. Anything else could break the text round it. */
const readable = /^[A-Za-z_$][\w$.]*(?:\((?:[A-Za-z_$][\w$.]*(?:,\s?[A-Za-z_$][\w$.]*)*)?\))?$/;
/** It comes to nothing by itself, and sees what the component's script binds, wherever that stands. */
const head = `;()=>${mark}(`;

/** The script of a component with what its markup shows: each is a function that gives it to the mark. Lines and offsets stay. */
export function withMarkup(extension: string, text: string, script: string): string {
  const output = outputs.get(extension);
  if (output === undefined) return script;
  const program = new Blank(script, true);
  for (const found of text.matchAll(output)) {
    const expression = (found[1] ?? found[2]) as string;
    const from = found.index + found[0].indexOf(expression, found[0].search(/[="'\s]/) + 1);
    const start = from - head.length;
    if (readable.test(expression) && program.isFree(start, from + expression.length + 1)) program.put(start, `${head}${expression})`);
  }
  return program.text();
}
