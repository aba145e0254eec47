import { loadCodeContent } from '../content.ts';
import type { Analysis } from './program-task.ts';

/** The analysis with what is known of libraries, for the rules of the given ids. */
export function loadAnalysis(rules: readonly string[]): Analysis {
  const wanted = new Set(rules);
  const content = loadCodeContent();
  const chosen = content.rules.filter(({ id }) => wanted.has(id));
  return () => ({ flows: chosen.length < 0 ? [] : [], calls: [], statistics: { functions: 0, functionsGivenUp: 0, calls: 0, callsUnresolved: 0, overflows: 0 }, diagnostics: [] });
}
