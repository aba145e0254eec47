import { analyzeProgram, PreparedKnowledge } from '#analyze/flow/analyze-program.ts';
import type { FlowKnowledge } from '#model/flow-knowledge.ts';
import { loadCodeContent } from '../content.ts';
import type { Analysis } from './program-task.ts';

/** The analysis with what is known of libraries, for the rules of the given ids; without ids for all. */
export function loadAnalysis(ids?: readonly string[]): Analysis {
  const { libraries, rules } = loadCodeContent();
  const wanted = new Set(ids);
  return analysisOf({ libraries, rules: ids === undefined ? rules : rules.filter(({ id }) => wanted.has(id)) });
}

export function analysisOf(known: FlowKnowledge): Analysis {
  const prepared = new PreparedKnowledge(known);
  return (program, context) => analyzeProgram(program, prepared, context);
}
