import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { Block } from './block.ts';
import { parquetSchema } from './columns.ts';
import { writeRowGroup } from './row-group.ts';
import { durable, syncFile, syncFolder } from '../durable.ts';

export const rowGroupRows = 16_384;
const room = 1024 * 1024;

/** Writes a part under a temporary name, and gives it its own when it is whole and on disk. Of the blocks of each group becomes a row group. */
export async function writePart(path: string, groups: AsyncIterable<readonly Block[]>): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.tmp`);
  const file = openSync(temporary, durable.create, 0o600);
  try {
    const buffer = new ByteWriter(room);
    const writer = new ParquetWriter({ writer: buffer, schema: parquetSchema, codec: 'ZSTD', createdBy: 'watchward' });
    for await (const blocks of groups) {
      const group = writeRowGroup(buffer, blocks);
      writer.row_groups.push(group);
      writer.num_rows += group.num_rows;
      drain(buffer, file);
    }
    await writer.finish();
    drain(buffer, file);
    syncFile(file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
  renameSync(temporary, path);
  syncFolder(dirname(path));
}

function drain(buffer: ByteWriter, file: number): void {
  const bytes = buffer.getBytes();
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
  buffer.index = 0;
}
