/**
 * Values that stand in for a secret: samples in documentation, variables, masks. Checked on the candidate alone;
 * what its surroundings say is the detector's business.
 */
const words = /example|sample|dummy|placeholder|change.?me|change.?it|replace|insert|redacted|your[_.\- ]?|my[_-]?(?:secret|token|password|api|key)|foo.?bar|xxxx|\*{3}|x{5}|\.{3}|123456789|abcdefgh|0{8}|1{8}|deadbeef|deadc0de|cafebabe|lorem|todo|fixme|^n\/a$|undefined|not.?set|secret[_-]?(?:here|key|token|value)|(?:key|token|password|secret|value)[_-]?here|enter[_-]|goes[_-]?here|some[_-](?:secret|token|key|password)|fake|mock|notreal|not-a-real|abc123|testing|test[_-]?(?:key|token|secret|password|value)/i;
const references = /^\$|\$\{|\$\(|\{\{|^<[^>]*>$|^%[\w.]+%$|^\{[\w.:-]*\}$|^\[[\w .:-]*\]$|^@[\w.]+@$|^#\{|^__\w+__$|process\.env|os\.environ|getenv|System\.get|^ENV\[/;

/** Longer random text holds short words by chance. */
const longestWordy = 100;

/** Why `value` is no real secret, or undefined when nothing says so. */
export function placeholderReason(value: string): string | undefined {
  if (references.test(value)) return 'refers to a value kept elsewhere';
  const word = value.length > longestWordy ? undefined : words.exec(value)?.[0];
  if (word !== undefined) return 'reads like a placeholder';
  if (isMonotone(value)) return 'repeats or counts instead of being random';
  return undefined;
}

/** True when most steps between neighbouring characters are equal: aaaa, 1234, abcd, abab. */
function isMonotone(value: string): boolean {
  if (value.length < 4) return true;
  let same = 0;
  let step = 0;
  let alternate = 0;
  for (let i = 1; i < value.length; i++) {
    const difference = value.charCodeAt(i) - value.charCodeAt(i - 1);
    if (difference === 0) same++;
    if (difference === 1 || difference === -1) step++;
    if (i > 1 && value.charCodeAt(i) === value.charCodeAt(i - 2)) alternate++;
  }
  const steps = value.length - 1;
  return same / steps > 0.6 || step / steps > 0.7 || alternate / steps > 0.8;
}
