/**
 * Values that stand in for a secret: samples in documentation, variables, masks. Checked on the candidate alone;
 * what its surroundings say is the detector's business.
 */
const words = /example|sample|dummy|placeholder|change.?me|change.?it|replace|insert|redacted|your[_.\- ]?|my[_-]?(?:secret|token|password|api|key)|foo.?bar|xxxx|\*{3}|x{5}|\.{3}|0{8}|1{8}|lorem|ipsum|todo|fixme|^n\/a$|undefined|not.?set|secret[_-]?(?:here|key|token|value)|(?:key|token|password|secret|value)[_-]?here|enter[_-]|goes[_-]?here|some[_-](?:secret|token|key|password)|fake|mock|notreal|not-a-real|testing|test[_-]?(?:key|token|secret|password|value)/i;
const references = /^\$|\$\{|\$\(|\{\{|^<[^>]*>$|^%[\w.]+%$|^\{[\w.:-]*\}$|^\[[\w .:-]*\]$|^@[\w.]+@$|^#\{|^__\w+__$|process\.env|os\.environ|getenv|System\.get|^ENV\[/;

const counted = /123456789|abcdefgh|deadbeef|deadc0de|cafebabe|abc123/i;

/** Longer random text holds short words by chance. */
const longestWordy = 100;

/** Why `value` is no real secret, or undefined when nothing says so. */
export function placeholderReason(value: string): string | undefined {
  return standInReason(value) ?? countingReason(value);
}

/** Why `value` refers to something or spells out that it is none. */
export function standInReason(value: string): string | undefined {
  if (references.test(value)) return 'refers to a value kept elsewhere';
  if (repeats(value)) return 'repeats instead of being random';
  return value.length <= longestWordy && words.test(value) ? 'reads like a placeholder' : undefined;
}

/** Why `value` looks made up: people type 1234 and abcd where a machine would draw at random. */
export function countingReason(value: string): string | undefined {
  return counts(value) || (value.length <= longestWordy && counted.test(value)) ? 'counts instead of being random' : undefined;
}

/** aaaa and abab. */
function repeats(value: string): boolean {
  if (value.length < 4) return true;
  let same = 0;
  let alternate = 0;
  for (let i = 1; i < value.length; i++) {
    if (value[i] === value[i - 1]) same++;
    if (i > 1 && value[i] === value[i - 2]) alternate++;
  }
  return same / (value.length - 1) > 0.6 || alternate / (value.length - 1) > 0.8;
}

/** 1234 and abcd: most neighbours are one step apart. */
function counts(value: string): boolean {
  let steps = 0;
  for (let i = 1; i < value.length; i++) if (Math.abs(value.charCodeAt(i) - value.charCodeAt(i - 1)) === 1) steps++;
  return steps / (value.length - 1) > 0.7;
}
