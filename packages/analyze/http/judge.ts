import { layersOf, type Layer } from './decode/layers.ts';
import { judgeHtml } from './html/judge.ts';
import { judgeAddress } from './other/address.ts';
import { judgeCode } from './other/code.ts';
import { judgeLdap, judgeXpath } from './other/directory.ts';
import { judgeHeader } from './other/header.ts';
import { judgeNosql } from './other/nosql.ts';
import { judgeObject } from './other/object.ts';
import { judgeInclude, judgeXml } from './other/xml.ts';
import { judgePath } from './path/judge.ts';
import { judgeShell } from './shell/judge.ts';
import { judgeSql } from './sql/judge.ts';
import { judgeTemplate } from './template/judge.ts';
import { isInnocent, isPlainPath, traitsOf } from './traits.ts';
import { stronger, type Verdict } from './verdict.ts';

const judges: readonly ((text: string, traits: number, disguised: boolean) => Verdict | undefined)[] = [
  judgeSql, judgeShell, judgeHtml, judgePath, judgeTemplate, judgeCode, judgeInclude, judgeXml, judgeHeader, judgeObject, judgeAddress, judgeNosql, judgeLdap, judgeXpath,
];

/** From here on the other languages are not asked: no text scores so high in one that it does not speak. */
const certain = 5.5;

/** A longer value is judged by its first part; whoever hands it in says so. */
export const longestValue = 8_192;

/** What a value is when some program takes it for more than data, and what had to be undone to see it. */
export interface ValueVerdict extends Verdict {
  readonly undone: readonly string[];
}

/** Judges one value as it came in. Most values leave at the first line. */
export function judgeValue(value: string): ValueVerdict | undefined {
  const text = value.length > longestValue ? value.slice(0, longestValue) : value;
  const traits = traitsOf(text);
  if (isInnocent(text, traits) && !mayBeBase64(text)) return undefined;
  const references = /&(?:tab|newline|colon|lpar|rpar);/i.test(text);
  for (const layer of layersOf(text)) {
    const found = judgeLayer(layer, references);
    if (found !== undefined) return found;
  }
  return undefined;
}

function judgeLayer({ text, undone }: Layer, references: boolean): ValueVerdict | undefined {
  const traits = traitsOf(text);
  if (isInnocent(text, traits)) return undefined;
  const disguised = references || isDisguise(undone);
  if (isPlainPath(text, traits)) return withLayers(judgePath(text, traits, disguised) ?? judgeAddress(text, traits), undone);
  let best: Verdict | undefined;
  for (const judge of judges) {
    best = stronger(best, judge(text, traits, disguised));
    if (best !== undefined && best.score >= certain) break;
  }
  return withLayers(best, undone);
}

function withLayers(verdict: Verdict | undefined, undone: readonly string[]): ValueVerdict | undefined {
  return verdict === undefined ? undefined : { ...verdict, undone };
}

/** Forms that no client makes: hexadecimal runs, UTF-7, percent signs encoded again. */
function isDisguise(undone: readonly string[]): boolean {
  return undone.includes('hexadecimal runs') || undone.includes('UTF-7') || undone.filter((name) => name === 'percent-encoding').length > 1;
}

/** Letters and digits in both cases, longer than words are. */
function mayBeBase64(text: string): boolean {
  return text.length >= 16 && text.length % 4 !== 1 && /^[A-Za-z0-9_-]+$/.test(text) && /[A-Z]/.test(text) && /[a-z]/.test(text) && /\d/.test(text);
}
