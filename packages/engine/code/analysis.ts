import { analyzeProgram } from '#analyze/flow/analyze-program.ts';
import { loadCodeContent } from '../content.ts';
import type { Analysis } from './program-task.ts';

/** The analysis with what is known of libraries, for the rules of the given ids. */
export function loadAnalysis(rules: readonly string[]): Analysis {
  const wanted = new Set(rules);
  const { libraries, rules: all } = loadCodeContent();
  const known = { libraries, rules: all.filter(({ id }) => wanted.has(id)) };
  return (program, context) => analyzeProgram(program, known, context);
}
