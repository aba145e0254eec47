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

const jquery = '/*!\n * jQuery JavaScript Library v4.0.0\n *\n * Released under the MIT license\n */\n( function() {';
const moment = '//! moment.js\n//! version : 2.31.0\n//! license : MIT\n\n;(function (global) {';
const optimizer = '#!/usr/bin/env node\n/**\n * @license r.js 2.3.8 Copyright jQuery Foundation.\n */\n';

it.each([
  ['app/static/jquery/jquery.js', jquery, true],
  ['public/js/moment.js', moment, true],
  ['app/static/requirejs/bin/r.js', optimizer, true],
  ['dist/jquery.js', jquery, false],
  ['app/static/page.js', '/* Copyright 2026 Acme. All rights reserved. */\nshow("1.2.3");', false],
  ['app/static/page.js', '// since 2.3.1 of the server\nshow();', false],
  ['app/static/page.ts', jquery, false],
])('%s that begins with %j is a copied release: %s', (path, text, copied) => expect(isMachineMade(path, text, false)).toBe(copied));

it('a long comment without an end is looked at in time', () => expect(isMachineMade('static/a.js', `/*${'*'.repeat(100_000)}`, false)).toBe(false));
