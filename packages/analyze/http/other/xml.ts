import { trait } from '../traits.ts';
import { Tally, type Verdict } from '../verdict.ts';

/** Entities and inclusions of XML that read files or reach hosts. */
export function judgeXml(text: string, traits: number): Verdict | undefined {
  if ((traits & trait.angle) === 0) return undefined;
  const tally = new Tally();
  if (/<!ENTITY\s+(?:%\s*)?[\w.:-]{1,80}\s+(?:SYSTEM|PUBLIC)\b/i.test(text)) tally.add('declares an external entity', 4);
  else if (/<!ENTITY\s/i.test(text)) tally.add('declares an entity', 2.4);
  if (/<!DOCTYPE\s+[\w.:-]{1,80}\s+SYSTEM\s+["'](?!about:)/i.test(text)) tally.add('loads an external document type', 3.2);
  if (/<!DOCTYPE[^>[]{0,200}\[/i.test(text)) tally.add('brings its own document type', 1.5);
  if (/<[\w-]{0,20}:?include\b[^>]{0,200}\b(?:href|parse)\s*=/i.test(text)) tally.add('includes another document', 3);
  if (/<xsl:(?:stylesheet|value-of|copy-of|template|variable)\b|xmlns:(?:php|java|xalan|ognl|msxsl|user)\s*=/i.test(text)) tally.add('brings a stylesheet that runs', 3);
  return tally.verdict('xml');
}

/** Directives of server-side includes and of edge servers. */
export function judgeInclude(text: string, traits: number): Verdict | undefined {
  if ((traits & trait.angle) === 0) return undefined;
  const tally = new Tally();
  if (/<!--\s*#\s*(?:exec|include|echo|printenv|config|set|fsize|flastmod|if)\b/i.test(text)) tally.add('is a directive of server-side includes', 3.5);
  if (/<esi:(?:include|inline|debug|vars|assign|eval)\b/i.test(text)) tally.add('is a directive of an edge server', 3.5);
  return tally.verdict('include');
}
