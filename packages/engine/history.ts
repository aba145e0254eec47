import type { Diagnostic } from '#model/diagnostic.ts';
import type { TreeListing } from '#sources/tree.ts';
import { EngineError } from './errors.ts';
import type { FileTask } from './file-task.ts';
import type { ScanOptions } from './options.ts';

export function historyTasks(_listing: TreeListing, _options: ScanOptions, _onDiagnostic: (diagnostic: Diagnostic) => void): FileTask[] {
  throw new EngineError('no-git', 'pending');
}
