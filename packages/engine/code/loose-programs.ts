import type { Program, ThreatModel } from '#model/program.ts';
import type { LoweredFile } from './lower.ts';
import { readAliases } from './path-aliases.ts';
import { cutPrograms } from './program-cut.ts';
import type { ProgramPlan } from './program-plan.ts';
import { programOf } from './program-task.ts';

/** Programs of some files by themselves, of whose packages nothing is said. */
export function loosePrograms(files: readonly LoweredFile[], threatModel: ThreatModel = 'application'): { readonly plan: ProgramPlan; readonly program: Program }[] {
  const modules = files.flatMap(({ head }) => (head === undefined ? [] : [{ head, role: 'code' as const }]));
  const bytes = new Map(files.map((file) => [file.path, file.bytes]));
  const plans = cutPrograms({ modules, manifests: [], aliases: readAliases(new Map()), threatModel });
  return plans.map((plan) => ({ plan, program: programOf({ plan, modules: plan.modules.map(({ path }) => bytes.get(path)) }) }));
}
