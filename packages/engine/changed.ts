import type { Diagnostic } from '#model/diagnostic.ts';
import type { TreeListing } from '#sources/tree.ts';
import { EngineError } from './errors.ts';
import type { FileTask } from './file-task.ts';

export function selectChanged(_listing: TreeListing, _ref: string, _onDiagnostic: (diagnostic: Diagnostic) => void): FileTask[] {
  throw new EngineError('no-git', 'pending');
}
