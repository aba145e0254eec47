import { deepEqual, ok } from 'node:assert/strict';
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { sampleTar, sampleZip } from '../archives/sample-archives.ts';
import type { EventSourceCases } from '../event-source-cases.ts';

const lines = (name: string, count: number): string => Array.from({ length: count }, (_, at) => `${name} ${at}\n`).join('');

export default {
  async subject(stage) {
    const folder = join(stage.folder, 'logs');
    mkdirSync(folder);
    void stage.read(`folder:${folder}`, { follow: true });
    let number = 0;
    return {
      async meet(bytes) {
        const hostile = join(stage.folder, `hostile-${(number += 1)}`);
        mkdirSync(hostile);
        for (const extension of ['log', 'json', 'gz', 'evtx', 'zip', 'tar']) writeFileSync(join(hostile, `x.${extension}`), bytes);
        const before = stage.records.length;
        await stage.read(`folder:${hostile}`);
        stage.records.length = before;
      },
      async greet() {
        const text = `greeting ${(number += 1)}`;
        appendFileSync(join(folder, 'app.log'), `${text}\n`);
        await stage.until(() => stage.records.some(({ value }) => value === text), () => 'the line');
      },
    };
  },
  checks: [
    {
      name: 'archives, then files, in the order of their names; from any position; nothing that is no text',
      async run(stage) {
        const folder = join(stage.folder, 'logs');
        mkdirSync(join(folder, 'deep', 'er'), { recursive: true });
        writeFileSync(join(folder, 'z.tgz'), gzipSync(sampleTar([['in.log', lines('tar', 1500)]])));
        writeFileSync(join(folder, 'deep', 'y.zip'), sampleZip([['in.log', lines('zip', 1500)]]));
        writeFileSync(join(folder, 'b.log'), lines('b', 1500));
        writeFileSync(join(folder, 'a.json.gz'), gzipSync('{"Records":[{"a":1}]}'));
        writeFileSync(join(folder, 'deep', 'er', 'c.log'), lines('c', 3));
        writeFileSync(join(folder, 'picture.png'), Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1]));
        await stage.read(folder);
        const expected = [...lines('zip', 1500).split('\n').slice(0, -1), ...lines('tar', 1500).split('\n').slice(0, -1), { a: 1 }, ...lines('b', 1500).split('\n').slice(0, -1), 'c 0', 'c 1', 'c 2'];
        deepEqual(await stage.values(expected.length), expected);
        deepEqual(stage.diagnostics.map(({ code }) => code), ['file-binary']);
        const whole = stage.records.slice();
        let count = 0;
        for (const { records, position } of stage.batches.slice()) {
          count += records.length;
          const before = stage.records.length;
          await stage.read(folder, { from: position });
          deepEqual(stage.records.slice(before), whole.slice(count));
        }
      },
    },
    {
      name: 'follows what grows and what is new',
      async run(stage) {
        writeFileSync(join(stage.folder, 'a.log'), 'one\n');
        void stage.read(stage.folder, { follow: true });
        await stage.values(1);
        appendFileSync(join(stage.folder, 'a.log'), 'two\n');
        await stage.values(2);
        mkdirSync(join(stage.folder, 'new'));
        writeFileSync(join(stage.folder, 'new', 'b.log'), 'three\n');
        deepEqual(await stage.values(3), ['one', 'two', 'three']);
      },
    },
  ],
  limits: [
    {
      name: 'folders within folders',
      says: /deeper than 32 folders/,
      async run(stage) {
        mkdirSync(join(stage.folder, ...Array.from({ length: 40 }, () => 'd')), { recursive: true });
        await stage.read(stage.folder);
        ok(stage.records.length === 0);
      },
    },
  ],
} satisfies EventSourceCases;
