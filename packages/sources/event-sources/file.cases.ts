import { deepEqual, equal, ok } from 'node:assert/strict';
import { appendFileSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { EventSourceCases } from '../event-source-cases.ts';

export default {
  async subject(stage) {
    const path = join(stage.folder, 'app.log');
    writeFileSync(path, '');
    void stage.read(path, { follow: true });
    let number = 0;
    return {
      async meet(bytes) {
        writeFileSync(join(stage.folder, `hostile-${(number += 1)}.log`), bytes);
        await stage.read(join(stage.folder, `hostile-${number}.log`));
        appendFileSync(path, Buffer.concat([bytes, Buffer.from('\n')]));
      },
      async greet() {
        const text = `greeting ${(number += 1)}`;
        // Whatever is open in the log ends with it: the file that takes its place begins anew.
        renameSync(path, `${path}.${number}`);
        writeFileSync(path, `${text}\n`);
        await stage.until(() => stage.records.some(({ value }) => value === text), () => 'the line');
      },
    };
  },
  checks: [
    {
      name: 'reads a file to its end, and again from any position',
      async run(stage) {
        const path = join(stage.folder, 'app.log');
        const lines = Array.from({ length: 2500 }, (_, at) => `line ${at}`);
        writeFileSync(path, lines.join('\n'));
        await stage.read(path);
        const whole = stage.records.map(({ value, sequence }) => [value, sequence]);
        deepEqual(whole.map(([value]) => value), lines);
        let count = 0;
        for (const { records, position } of stage.batches.slice()) {
          count += records.length;
          const before = stage.records.length;
          await stage.read(path, { from: position });
          deepEqual(stage.records.slice(before).map(({ value, sequence }) => [value, sequence]), whole.slice(count));
        }
      },
    },
    {
      name: 'follows a file that appears, grows and is rotated',
      async run(stage) {
        const path = join(stage.folder, 'app.log');
        void stage.read(path, { follow: true });
        writeFileSync(path, 'one\ntw');
        await stage.values(1);
        appendFileSync(path, 'o\n');
        await stage.values(2);
        renameSync(path, `${path}.1`);
        writeFileSync(path, 'three\n');
        deepEqual(await stage.values(3), ['one', 'two', 'three']);
        deepEqual(stage.records.map(({ source, sequence }) => [source, sequence]), [1, 2, 3].map((sequence) => [path, sequence]));
      },
    },
    {
      name: 'lays aside what is no record, and says where',
      async run(stage) {
        const path = join(stage.folder, 'app.jsonl');
        writeFileSync(path, '{"a":1}\n{"a":\n{"a":2}\n');
        await stage.read(path);
        deepEqual(await stage.values(2), [{ a: 1 }, { a: 2 }]);
        deepEqual(stage.deadLetters.map(({ bytes }) => Buffer.from(bytes).toString()), ['{"a":']);
        equal(stage.diagnostics[0]?.line, 2);
      },
    },
    {
      name: 'does not read a copy of what it read',
      async run(stage) {
        const path = join(stage.folder, 'app.log');
        writeFileSync(path, 'one\n');
        void stage.read(join(stage.folder, 'app.log*'), { follow: true });
        await stage.values(1);
        writeFileSync(`${path}.1`, 'one\n');
        await wait(700);
        appendFileSync(path, 'two\n');
        deepEqual(await stage.values(2), ['one', 'two']);
      },
    },
  ],
  limits: [
    {
      name: 'a record that is too large',
      says: /larger than 4194304 bytes/,
      async run(stage) {
        const path = join(stage.folder, 'app.log');
        writeFileSync(path, `${'x'.repeat(5_000_000)}\nnext\n`);
        await stage.read(path);
        deepEqual(await stage.values(1), ['next']);
        ok((stage.deadLetters[0]?.bytes.length ?? 0) <= 4096);
      },
    },
    {
      name: 'folders within folders',
      says: /deeper than 32 folders/,
      async run(stage) {
        const folder = join(stage.folder, ...Array.from({ length: 40 }, () => 'd'));
        mkdirSync(folder, { recursive: true });
        writeFileSync(join(folder, 'x.log'), 'x\n');
        await stage.read(join(stage.folder, '**', '*.log'));
      },
    },
  ],
} satisfies EventSourceCases;
