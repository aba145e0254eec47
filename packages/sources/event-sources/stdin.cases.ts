import { deepEqual, equal } from 'node:assert/strict';
import process from 'node:process';
import { PassThrough } from 'node:stream';
import { gzipSync } from 'node:zlib';
import type { EventSourceCases } from '../event-source-cases.ts';

/** Stands in for standard input until the next case. */
function input(): PassThrough {
  const stream = new PassThrough();
  Object.defineProperty(process, 'stdin', { value: stream, configurable: true });
  return stream;
}

export default {
  async subject(stage) {
    const stream = input();
    await stage.listen('-');
    let number = 0;
    return {
      async meet(bytes) {
        await new Promise<void>((resolve) => stream.write(Buffer.concat([bytes, Buffer.from('\n')]), () => resolve()));
      },
      async greet() {
        // What is open is closed first, whatever it is: one of the two quotes ends a text where one was begun, and its brackets then count.
        const closing = `"${']}'.repeat(60_000)}`;
        const text = `greeting ${(number += 1)}`;
        stream.write(`\n${closing}${closing}\n${text}\n`);
        await stage.until(() => stage.records.some(({ value }) => value === text), () => 'the line');
      },
    };
  },
  checks: [
    {
      name: 'is read to its end where the run ends with it, a last line without its end included',
      async run(stage) {
        const stream = input();
        stream.end('{"a":1}\ntext');
        await stage.read('-');
        deepEqual(await stage.values(2), [{ a: 1 }, 'text']);
        deepEqual(stage.records.map(({ source, sequence }) => [source, sequence]), [['-', 1], ['-', 2]]);
      },
    },
    {
      name: 'is unpacked; numbers go on from the run before',
      async run(stage) {
        input().end(gzipSync('one\ntwo\n'));
        await stage.read('-');
        input().end('three\n');
        await stage.read('-', { from: stage.batches.at(-1)?.position ?? {} });
        deepEqual(stage.records.map(({ value, sequence }) => [value, sequence]), [['one', 1], ['two', 2], ['three', 3]]);
      },
    },
    {
      name: 'waits while what it gave is not on disk, and gives a short line at once',
      async run(stage) {
        const stream = input();
        await stage.listen('-');
        stream.write('a\n');
        await stage.values(1);
        stage.hold();
        for (let at = 0; at < 100; at += 1) stream.write(`${'x'.repeat(10_000)}\n`);
        await new Promise((resolve) => setTimeout(resolve, 50));
        equal(stream.writableNeedDrain, true);
        stage.release();
        await stage.values(101);
      },
    },
  ],
  limits: [
    {
      name: 'a record that is too large',
      says: /larger than 4194304 bytes/,
      async run(stage) {
        input().end(`${'x'.repeat(5_000_000)}\nnext\n`);
        await stage.read('-');
      },
    },
  ],
} satisfies EventSourceCases;
