import type { Finding } from '#model/finding.ts';
import { atLeast, personas } from '#model/severity.ts';

/**
 * What was found before, without what flow analysis now says better: a finding about code on the same line, about the same weakness, that no
 * more people see.
 */
export function withoutRepeats(before: readonly Finding[], now: readonly Finding[]): Finding[] {
  const better = new Map<string, Finding[]>();
  for (const finding of now) {
    const key = keyOf(finding);
    better.set(key, [...(better.get(key) ?? []), finding]);
  }
  return before.filter((finding) => {
    if (finding.surface !== 'code') return true;
    return !(better.get(keyOf(finding)) ?? []).some((other) => other.rule !== finding.rule && other.cwe.some((number) => finding.cwe.includes(number)) && atLeast(personas, finding.persona, other.persona));
  });
}

function keyOf({ location }: Finding): string {
  return `${location.path}\0${location.region.startLine}`;
}
