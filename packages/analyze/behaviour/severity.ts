/** How grave it is that a sitting is odd, by what is odd about it. */
import type { Severity } from '#model/severity.ts';
import { oddities } from './entity.ts';
import { bars } from './laws.ts';
import type { Verdict } from './sittings.ts';

export const severities: readonly Severity[] = ['informational', 'low', 'medium', 'high'];

/** Index of `severities`. A broken habit is low at most; what is dangerous by itself and odd, or odd in several ways at once, weighs more. */
export function severityOf({ chance, reasons }: Verdict, dangerous: boolean): number {
  const odd = new Set<string>(reasons.map(({ oddity }) => oddities[oddity]));
  // Much and late is one long day.
  const long = reasons.some(({ oddity }) => oddity === 'events') && odd.has('when');
  const several = reasons.length - Number(long) >= 3 && chance <= bars.weighty;
  if (!dangerous || !isOwnDanger(odd)) return several ? 2 : reasons.length >= 2 ? 1 : 0;
  // From elsewhere or with something else it may be another's hand; a new task of one's own must be odder than that.
  const another = odd.has('where') || odd.has('with') || chance <= bars.alone;
  return several ? 3 : reasons.length >= 2 && another ? 2 : 1;
}

/** The dangerous deed is what is odd, or somebody odd does it: an administrator's grants are dangerous every day. */
function isOwnDanger(odd: ReadonlySet<string>): boolean {
  return odd.has('what') || (odd.has('where') && (odd.has('with') || odd.has('when')));
}
