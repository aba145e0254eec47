import { expect, it } from 'vitest';
import { pathTraits } from '#normalize/path-traits.ts';
import { roleOf } from './roles.ts';

it.each([
  ['src/main/java/com/acme/tools/Report.java', 'code'],
  ['server/src/main/java/org/acme/benchmark/samples/Sample.java', 'code'],
  ['tools/src/main/java/com/acme/Report.java', 'script'],
  ['examples/src/main/java/com/acme/Demo.java', 'script'],
  ['src/test/java/com/acme/ReportTest.java', 'test'],
  ['benchmark/run.js', 'script'],
  ['lib/report.js', 'code'],
])('%s is %s', (path, role) => expect(roleOf(path, pathTraits(path))).toBe(role));
