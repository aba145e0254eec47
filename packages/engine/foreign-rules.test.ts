import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { loadRuleFiles } from './foreign-rules.ts';

const folder = mkdtempSync(join(tmpdir(), 'watchward-rules-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const rule = (id: string, languages: string): string => `rules: [{id: ${id}, message: m, severity: INFO, languages: [${languages}], pattern: f()}]\n`;

it('other files in a folder of rules end no run; one that is named does', () => {
  writeFileSync(join(folder, 'a.yaml'), rule('a', 'python'));
  writeFileSync(join(folder, 'site.toml'), 'title = "x"\ntitle = "y"\n');
  writeFileSync(join(folder, 'broken.toml'), '[[rules]]\nid = "x"\nid = "y"\n');
  const { patterns, skipped, diagnostics } = loadRuleFiles([folder]);
  expect(patterns.map(({ id }) => id)).toEqual(['code/own.a']);
  expect(skipped).toBe(1);
  expect(diagnostics.map(({ code, path }) => [code, path])).toEqual([['rule-invalid', join(folder, 'broken.toml')], ['config-ignored', join(folder, 'site.toml')]]);
  expect(() => loadRuleFiles([join(folder, 'site.toml')])).toThrow('no gitleaks configuration');
});

it('languages that rules are not run on are named, also where the rule runs on others', () => {
  const file = join(folder, 'a.yaml');
  writeFileSync(file, rule('b', 'python, cobol'));
  const { patterns, diagnostics } = loadRuleFiles([file]);
  expect(patterns).toHaveLength(1);
  expect(diagnostics.map(({ message }) => message)).toEqual(['rule b runs, but not on cobol: rules for it are not run here']);
});
