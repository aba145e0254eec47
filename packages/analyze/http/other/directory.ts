import { trait } from '../traits.ts';
import { Tally, type Verdict } from '../verdict.ts';

/** LDAP filters (RFC 4515): a value that closes the filter it lands in and begins another. */
export function judgeLdap(text: string, traits: number): Verdict | undefined {
  if ((traits & trait.paren) === 0) return undefined;
  const tally = new Tally();
  if (/^[^(]{0,200}\)\s*\(\s*[|&!]?\s*\(?\s*[a-zA-Z][\w;-]{0,40}\s*[~<>]?=/.test(text)) tally.add('closes a filter and begins another', /\)\s*\(\s*[|&!]|\*/.test(text) ? 3.2 : 2.4);
  if (/^[^(]{0,20}\*\)+(?:\(|\u0000|$)/.test(text)) tally.add('ends a filter behind a wildcard', 3);
  if (/\([|&!]\s*\(\s*[a-zA-Z][\w;-]{0,40}\s*[~<>]?=/.test(text)) tally.add('combines filters', /^\s*\([|&!]/.test(text) ? 2 : 1.5);
  if (/\)\s*\)\s*(?:\u0000|\(\s*[|&])|\)\s*\(\s*[|&]\s*\)|[(]\s*[a-zA-Z]\w{0,40}=\*\s*\)/.test(text)) tally.add('matches everything', 1.5);
  if (/\b(?:objectclass|userpassword|samaccountname|uid|cn|givenname|memberof|homedirectory|mail)\s*[~<>]?=/i.test(text)) tally.support('names attributes of a directory', 0.8);
  return tally.verdict('ldap');
}

/** XPath: axes, functions on nodes and conditions that a value closes into. */
export function judgeXpath(text: string, traits: number): Verdict | undefined {
  if ((traits & (trait.paren | trait.slash | trait.pipe)) === 0) return undefined;
  const tally = new Tally();
  if (/\b(?:ancestor|ancestor-or-self|attribute|child|descendant|descendant-or-self|following|following-sibling|namespace|parent|preceding|preceding-sibling|self)::(?:\*|node\(\)|text\(\)|\w)/.test(text)) tally.add('walks along an axis', 2.4);
  if (/\b(?:count|string-length|name|local-name|substring|contains|starts-with|position|string|number)\s*\(\s*(?:\/{1,2}|\.{1,2}\/|@|child::|name\s*\()/.test(text)) tally.add('measures nodes', 2.4);
  if (/\/\/?\*(?:\[|$)|\/(?:text|node|comment|processing-instruction)\(\)|\/\/user\b|\/\/\w+\[/.test(text)) tally.add('selects nodes', 1.5);
  if (/\]\s*\|\s*\/\/?\w|\|\s*\w{1,40}\[\s*['"]?\s*$/.test(text)) tally.add('adds a set of nodes', 1.5);
  if (/['"]\s*(?:\]|or\b|and\b|\|)/.test(text)) tally.support('closes a string', 1);
  if (/\bdoc\s*\(\s*concat|\bunparsed-text\s*\(/.test(text)) tally.add('reads documents', 3);
  return tally.verdict('xpath');
}
