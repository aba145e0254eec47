import { trait } from '../traits.ts';
import { Tally, type Verdict } from '../verdict.ts';

const operators = /^\$(?:ne|eq|gte?|lte?|n?in|regex|where|exists|or|and|nor|not|expr|function|accumulator|elemMatch|mod|type|all|size|jsonSchema|text|lookup|out|merge|comment)$/;
const keyed = /["'[{,]\s*["']?(\$[a-zA-Z]{2,12})["']?\s*["'\]]?\s*[:=\]]/g;

/** Operators of document databases where a plain value belongs, and scripts that close one of theirs. */
export function judgeNosql(text: string, traits: number): Verdict | undefined {
  if ((traits & (trait.dollar | trait.singleQuote | trait.pipe)) === 0) return undefined;
  const tally = new Tally();
  if ((traits & trait.dollar) !== 0) {
    let seen = 0;
    for (const [, name = ''] of text.matchAll(keyed)) {
      if ((seen += 1) > 20) break;
      if (operators.test(name)) tally.add('puts a database operator where a value belongs', /^\$(?:where|function|accumulator|expr)$/.test(name) ? 4 : 3.2);
    }
  }
  if (/['"]\s*(?:;|\|\||&&)\s*(?:return\s+(?:true|1|this)|this\.\w+|db\.\w+|sleep\s*\(|while\s*\()|;\s*return\s+(?:true|['"\d]\w*['"]?\s*={2,3})/.test(text)) tally.add('closes a string and goes on as a database script', 3.2);
  if (/\bthis\.\w{1,40}(?:\.match\s*\(|\s*(?:===?|!=)\s*)|\bdb\.\w{1,40}\.(?:find|insert|drop|remove|update|count)\s*\(|\bdb\.(?:getCollectionNames|injection|version)\b/.test(text)) tally.add('is a script of a document database', 2.4);
  return tally.verdict('nosql');
}

/** Interfaces of content systems take operators in the names of their filters: `filters[title][$eq]`. */
export function filtersOnPurpose(name: string): boolean {
  return /^(?:filters?|where|query|populate)\[/.test(name);
}

/** The name of a parameter that carries an operator: `user[$ne]`. */
export function namesOperator(name: string): boolean {
  if (filtersOnPurpose(name)) return false;
  const found = /(?:\[|^|\.)(\$[a-zA-Z]{2,16})\]?$/.exec(name)?.[1];
  return found !== undefined && operators.test(found);
}
