import { expect, it } from 'vitest';
import { pathTraits } from '#normalize/path-traits.ts';
import { isMachineMade, roleOf } from './roles.ts';

it.each([
  ['src/main/java/com/acme/tools/Report.java', 'code'],
  ['server/src/main/java/org/acme/benchmark/samples/Sample.java', 'code'],
  ['tools/src/main/java/com/acme/Report.java', 'script'],
  ['examples/src/main/java/com/acme/Demo.java', 'script'],
  ['src/test/java/com/acme/ReportTest.java', 'test'],
  ['benchmark/run.js', 'script'],
  ['lib/report.js', 'code'],
])('%s is %s', (path, role) => expect(roleOf(path, pathTraits(path))).toBe(role));

it.each([
  ['admin/assets/index-DUhmXSBR.mjs', true],
  ['admin/assets/chunk.728.985c45ad584b4b91ca60.js', true],
  ['dist/static/js/main.3f2a91bc.chunk.js', true],
  ['dist/index-B8te98RZ.js', true],
  ['src/index-B8te98RZ.js', false],
  ['assets/js/my-component1.js', false],
  ['assets/js/x-UserPage.js', false],
  ['build/lib/date-20240101.js', false],
  ['dist/task-runner-process-py.js', false],
  ['dist/deadbeef.js', false],
])('%s was named by a bundler: %s', (path, named) => expect(isMachineMade(path, 'f();', false)).toBe(named));
