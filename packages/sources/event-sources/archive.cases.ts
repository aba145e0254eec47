import { deepEqual, equal, ok } from 'node:assert/strict';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { type SampleFiles, sampleTar, sampleZip } from '../archives/sample-archives.ts';
import type { EventSourceCases } from '../event-source-cases.ts';

const numbered = (from: number, count: number): string => Array.from({ length: count }, (_, at) => `line ${from + at}\n`).join('');
const files: SampleFiles = [
  ['logs/', ''], ['logs/a.log', numbered(1, 2500)], ['logs/b.json', '{"Records":[{"a":1},{"a":2}]}'], ['logs/empty.log', ''],
  ['logs/c.log.gz', gzipSync(numbered(2501, 1200))], ['logs/picture.png', Buffer.from([0x89, 0x50, 0, 0, 0, 1])], ['d', 'last'],
];
const expected = [...numbered(1, 2500).trimEnd().split('\n'), { a: 1 }, { a: 2 }, ...numbered(2501, 1200).trimEnd().split('\n'), 'last'];

export default {
  async subject(stage) {
    let number = 0;
    let greetings = '';
    return {
      async meet(bytes) {
        for (const [extension, content] of [['tar', bytes], ['zip', bytes], ['tgz', gzipSync(bytes)], ['tar', sampleTar([['x', Buffer.from(bytes)]])]] as const) {
          const path = join(stage.folder, `hostile-${(number += 1)}.${extension}`);
          writeFileSync(path, content);
          const before = stage.records.length;
          await stage.read(path);
          stage.records.length = before;
        }
      },
      async greet() {
        const path = join(stage.folder, 'greeting.tar');
        greetings += `greeting ${(number += 1)}\n`;
        writeFileSync(path, sampleTar([['x', greetings]]));
        stage.records.length = 0;
        await stage.read(path);
      },
    };
  },
  checks: [
    ...([['a.tar', sampleTar(files)], ['b.tar.gz', gzipSync(sampleTar(files))], ['c.tgz', gzipSync(sampleTar(files))], ['d.tar.zst', zstdCompressSync(sampleTar(files))], ['e.zip', sampleZip(files)]] as const).map(([name, bytes]) => ({
      name: `${name}: its files in their order, from any position, nothing written to disk`,
      async run(stage: Parameters<EventSourceCases['subject']>[0]): Promise<void> {
        const path = join(stage.folder, name);
        writeFileSync(path, bytes);
        await stage.read(path);
        deepEqual(await stage.values(expected.length), expected);
        deepEqual([...new Set(stage.records.map(({ source }) => source))], ['logs/a.log', 'logs/b.json', 'logs/c.log.gz', 'd'].map((file) => `${path}!${file}`));
        ok(stage.said(/neither text/));
        const whole = stage.records.slice();
        let count = 0;
        for (const { records, position } of stage.batches.slice()) {
          count += records.length;
          const before = stage.records.length;
          await stage.read(path, { from: position });
          deepEqual(stage.records.slice(before), whole.slice(count));
        }
        deepEqual(readdirSync(stage.folder), [name]);
      },
    })),
    {
      name: 'names are labels: what they point to is not touched, what they hide is shown, and one name twice is two sources',
      async run(stage) {
        const names = ['../../etc/x', '/etc/x', 'a\u001b[31m\nb', 'same', 'same'];
        for (const [path, bytes] of [['a.tar', sampleTar(names.map((name) => [name, 'x\n']))], ['b.zip', sampleZip(names.map((name) => [name, 'x\n']))]] as const) {
          writeFileSync(join(stage.folder, path), bytes);
          const before = stage.records.length;
          await stage.read(join(stage.folder, path));
          equal(stage.records.length - before, 5);
        }
        deepEqual(stage.records.map(({ source, sequence }) => [source.split('!')[1], sequence]), [...names, ...names].map((name, at) => [`${name.replaceAll(/[\u001b\n]/g, '\ufffd')}${at % 5 === 4 ? '#2' : ''}`, 1]));
        deepEqual(readdirSync(stage.folder), ['a.tar', 'b.zip']);
      },
    },
    {
      name: 'one that is cut off gives what came before, and says so',
      async run(stage) {
        const path = join(stage.folder, 'cut.tgz');
        writeFileSync(path, gzipSync(sampleTar([['a', numbered(1, 5000)], ['b', 'never\n']])).subarray(0, 6000));
        await stage.read(path);
        ok(stage.records.length > 1000);
        ok(stage.diagnostics.some(({ code }) => code === 'source-failed' || code === 'event-unreadable'));
      },
    },
  ],
  limits: [
    {
      name: 'an archive that becomes far larger than it is',
      says: /unpacks to more than 500 times its size/,
      async run(stage) {
        const path = join(stage.folder, 'bomb.tar.gz');
        writeFileSync(path, gzipSync(sampleTar([['a', Buffer.alloc(80 * 1_048_576, 'x')]]), { level: 9 }));
        await stage.read(path);
      },
    },
    {
      name: 'a packed file in an archive that becomes far larger than it is',
      says: /unpacks to more than 500 times its size/,
      async run(stage) {
        const path = join(stage.folder, 'bomb.zip');
        writeFileSync(path, sampleZip([['a.gz', gzipSync(Buffer.alloc(80 * 1_048_576, 'x'), { level: 9 })]]));
        await stage.read(path);
      },
    },
    {
      name: 'an archive within an archive',
      says: /archive within an archive/,
      async run(stage) {
        const path = join(stage.folder, 'outer.zip');
        writeFileSync(path, sampleZip([['inner.zip', sampleZip([['a', 'x\n']])]]));
        await stage.read(path);
      },
    },
  ],
} satisfies EventSourceCases;
