import type { Position, ReplayableSource, SourceBatch, SourceContext } from '#model/intake.ts';
import { followedFiles } from '../files/follow.ts';
import { FileFinder, type FilePattern } from '../files/found-files.ts';
import { archiveName, archiveSource } from './archive-source.ts';

/** An archive that was read, as it was then. */
interface ReadArchive {
  readonly path: string;
  readonly mark: string;
}

/**
 * Everything below a folder that is text, an event log or an archive of them: archives first, in the order of their names, then files,
 * which are followed. Archives that come later are read by the next run.
 */
export function folderSource(folder: string, ctx: SourceContext): ReplayableSource {
  const pattern: FilePattern = { text: folder, top: folder, parts: ['**'] };
  const tell: SourceContext['onDiagnostic'] = (diagnostic) => ctx.onDiagnostic(diagnostic);
  async function* read(from: Position | undefined): AsyncGenerator<SourceBatch> {
    const done = readArchives(from);
    const files = positionIn(from, 'files');
    const left = files === undefined ? {} : { files };
    for (const { path, mark } of await new FileFinder(pattern, tell, (name) => archiveName.test(name)).find()) {
      if (ctx.signal.aborted) return;
      if (done.some((one) => one.path === path && one.mark === mark)) continue;
      const current = positionIn(from, 'current');
      const begun = current?.['path'] === path ? positionIn(current, 'position') : undefined;
      for await (const { records, position } of archiveSource(path, ctx).read(begun)) yield { records, position: { ...left, done: done.slice(), current: { path, position } } };
      if (ctx.signal.aborted) return;
      done.push({ path, mark });
      yield { records: [], position: { ...left, done: done.slice() } };
    }
    const rest = followedFiles('', pattern, ctx, { textOnly: true, accepts: (path) => !archiveName.test(path) });
    for await (const { records, position } of rest.read(files)) yield { records, position: { done, files: position } };
  }
  return { kind: 'replayable', id: `folder:${folder}`, read };
}

function positionIn(from: Position | undefined, name: string): Position | undefined {
  const inner = from?.[name];
  return isPosition(inner) ? inner : undefined;
}

function isPosition(value: unknown): value is Position {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readArchives(from: Position | undefined): ReadArchive[] {
  const done = from?.['done'];
  if (!Array.isArray(done)) return [];
  return done.flatMap((one: unknown) => (isPosition(one) && typeof one['path'] === 'string' && typeof one['mark'] === 'string' ? [{ path: one['path'], mark: one['mark'] }] : []));
}
