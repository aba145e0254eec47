import type { Language } from '#model/ir.ts';
import type { ImportTarget, ModuleRole, ProgramPackage } from '#model/program.ts';
import type { Manifest } from './manifests.ts';
import type { ModuleHead } from './module-head.ts';
import type { PathAliases } from './path-aliases.ts';
import type { ThreatModelChoice } from './threat-model.ts';

/** A program before its modules are read: what can be said from their heads and from manifests. */
export interface ProgramPlan {
  readonly language: Language;
  /** Sorted by path. */
  readonly modules: readonly PlannedModule[];
  readonly packages: readonly ProgramPackage[];
}

export interface PlannedModule {
  readonly path: string;
  /** Python: a folder that is a package without a file of its own. */
  readonly empty: boolean;
  readonly package: number;
  readonly role: ModuleRole;
  readonly exposed: boolean;
  readonly imports: ReadonlyMap<string, ImportTarget>;
  readonly submodules: ReadonlyMap<string, number>;
}

/** A module that was read, and what part it plays. */
export interface KnownModule {
  readonly head: ModuleHead;
  readonly role: ModuleRole;
}

export interface Tree {
  readonly modules: readonly KnownModule[];
  readonly manifests: readonly Manifest[];
  readonly aliases: PathAliases;
  readonly threatModel: ThreatModelChoice;
}

/** What a string of an import means, by path: numbers follow once programs are cut. */
export type PathTarget = { readonly path: string; readonly name?: string } | { readonly external: string };
