import { readdirSync } from 'node:fs';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { codeQualitySeverities } from '#formats/gitlab-code-quality.ts';
import { gitlabSeverities } from '#formats/gitlab-security.ts';
import type { Reporter } from '#model/unit.ts';
import { wholeText } from './pieces.ts';
import { columns } from './pretty/layout.ts';
import { anyReport, attacks } from './report.arbitrary.ts';
import type { ReporterCases } from './reporter-cases.ts';
import { crowdedReport, sampleReport } from './sample-report.ts';

const folder = new URL('./reporters/', import.meta.url);
const ids = readdirSync(folder).filter((file) => /^[a-z-]+\.ts$/.test(file)).map((file) => file.slice(0, -3));
const plain = { color: false, width: 80 };
const units = new Map(await Promise.all(ids.map(async (id) => [id, await load(id)] as const)));

async function load(id: string): Promise<{ readonly reporter: Reporter; readonly cases: ReporterCases }> {
  const unit = await import(new URL(`${id}.ts`, folder).href) as { default: Reporter };
  const cases = await import(new URL(`${id}.cases.ts`, folder).href) as { default: ReporterCases };
  return { reporter: unit.default, cases: cases.default };
}

function reporter(id: string): Reporter {
  const unit = units.get(id);
  if (unit === undefined) throw new Error(`there is no reporter ${id}`);
  return unit.reporter;
}

function always(id: string, check: (output: string) => void, options = plain): void {
  fc.assert(fc.property(anyReport, (report) => {
    check(wholeText(reporter(id).render(report, options)));
  }), { numRuns: 60 });
}

describe.each(ids)('%s', (id) => {
  const { reporter: unit, cases } = units.get(id) ?? { reporter: reporter(id), cases: { checks: [] } };

  it('is named after its file and has cases', () => {
    expect(unit.id).toBe(id);
    expect(cases.checks.length).toBeGreaterThan(1);
  });

  it.each(cases.checks)('$name', ({ report, verify }) => {
    expect(() => verify(wholeText(unit.render(report, plain)))).not.toThrow();
  });

  it('gives the same text for the same report, and valid Unicode for any', () => {
    fc.assert(fc.property(anyReport, (report) => {
      const output = wholeText(unit.render(report, plain));
      expect(wholeText(unit.render(structuredClone(report), plain))).toBe(output);
      expect(output.isWellFormed()).toBe(true);
      expect(output.endsWith('\n')).toBe(true);
    }), { numRuns: 20 });
  });

  it('says that an incomplete run is incomplete', () => {
    fc.assert(fc.property(anyReport, (report) => {
      const degraded = { ...report, ledger: { ...report.ledger, degraded: true } };
      expect(wholeText(unit.render(degraded, plain))).toMatch(/INCOMPLETE|"degraded": true|"executionSuccessful":false/);
    }), { numRuns: 20 });
  });
});

describe('pretty', () => {
  it('writes nothing but text and line ends without colour', () => {
    always('pretty', (output) => expect(output).not.toMatch(/[\p{Cf}\p{Zl}\p{Zp}]|(?!\n)\p{Cc}/u));
  });

  it('writes nothing but its own styles with colour, and the same words', () => {
    fc.assert(fc.property(anyReport, (report) => {
      const bare = wholeText(reporter('pretty').render(report, { color: true, width: 80 })).replaceAll(/\u001b\[[\d;]*m/g, '');
      expect(bare).not.toMatch(/(?!\n)\p{Cc}/u);
      expect(bare).toBe(wholeText(reporter('pretty').render(report, plain)));
    }), { numRuns: 60 });
  });

  it.each([40, 60, 80, 100, 120])('fits %i columns', (width) => {
    for (const report of [sampleReport(), crowdedReport(30)]) {
      const lines = wholeText(reporter('pretty').render(report, { color: false, width })).split('\n');
      const place = /:\d+:\d+$/;
      expect(lines.filter((line) => columns(line) > width && !place.test(line))).toEqual([]);
    }
  });
});

describe('github', () => {
  it('writes whole commands only, at most ten of a level', () => {
    always('github', (output) => {
      const lines = output.trimEnd().split('\n');
      const commands = lines.slice(0, -1);
      expect(lines.at(-1)).toMatch(/^watchward: /);
      for (const line of commands) expect(line).toMatch(/^::(?:error|warning|notice) (?:[a-zA-Z]+=[^:,\r\n]*,?)+::[^\r\n]*$/);
      for (const level of ['error', 'warning', 'notice']) expect(commands.filter((line) => line.startsWith(`::${level}`)).length).toBeLessThanOrEqual(10);
    });
  });
});

describe('gitlab', () => {
  const ajv = new Ajv({ allErrors: true });
  const text = { type: 'string', minLength: 1 };
  const object = (properties: Record<string, unknown>, optional: Record<string, unknown> = {}): object => (
    { type: 'object', required: Object.keys(properties), properties: { ...properties, ...optional }, additionalProperties: false }
  );
  const whole = { type: 'integer', minimum: 1 };
  const time = { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d$' };
  const web = { type: 'string', pattern: '^https?://.+' };
  const tool = object({ id: text, name: text, version: text, vendor: object({ name: text }) });
  const lines = { start_line: whole, end_line: whole };

  it('code quality has its members, paths and distinct fingerprints', () => {
    const validate = ajv.compile({
      type: 'array',
      items: object({
        description: text, check_name: text, fingerprint: text, severity: { enum: codeQualitySeverities },
        location: object({ path: text, lines: object({ begin: whole }, { end: whole }) }),
      }),
    });
    always('gitlab-code-quality', (output) => {
      const issues = JSON.parse(output) as readonly { readonly fingerprint: string }[];
      expect(validate(issues) ? [] : validate.errors).toEqual([]);
      expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(issues.length);
    });
  });

  it('secret detection has the members of schema 15', () => {
    const validate = ajv.compile(object({
      version: { const: '15.0.7' },
      scan: object({
        type: { const: 'secret_detection' }, status: { enum: ['success', 'failure'] }, start_time: time, end_time: time, analyzer: tool, scanner: tool,
        messages: { type: 'array', items: object({ level: { enum: ['info', 'warn', 'fatal'] }, value: text }) },
      }),
      vulnerabilities: {
        type: 'array',
        items: object({
          id: text, name: { type: 'string', maxLength: 255 }, description: { type: 'string', maxLength: 1_048_576 }, severity: { enum: gitlabSeverities },
          solution: { type: 'string', maxLength: 7_000 }, links: { type: 'array', items: object({ url: web }) },
          identifiers: { type: 'array', minItems: 1, items: object({ type: text, name: text, value: text }, { url: web }) },
          tracking: object({
            type: { const: 'source' },
            items: { type: 'array', items: object({ file: text, ...lines, signatures: { type: 'array', minItems: 1, items: object({ algorithm: text, value: text }) } }) },
          }),
          location: object({ file: text, ...lines, commit: object({ sha: text }) }),
        }),
      },
    }));
    always('gitlab-secret-detection', (output) => expect(validate(JSON.parse(output)) ? [] : validate.errors).toEqual([]));
  });
});

describe('junit', () => {
  it('is well-formed XML whose counts are right', () => {
    always('junit', (output) => {
      const seen = new Map<string, number>();
      let totals: Record<string, string> = {};
      const parser = new SaxesParser();
      parser.on('error', (error) => { throw error; });
      parser.on('opentag', ({ attributes, name }) => {
        seen.set(name, (seen.get(name) ?? 0) + 1);
        if (name === 'testsuite') totals = attributes;
      });
      parser.write(output).close();
      const counted = ['testcase', 'failure', 'error', 'skipped'].map((name) => String(seen.get(name) ?? 0));
      expect(counted).toEqual([totals['tests'], totals['failures'], totals['errors'], totals['skipped']]);
    });
  });
});

/** Every tag and attribute in a text; anything else that begins like a tag fails. */
function tagsOf(text: string): readonly { readonly name: string; readonly attributes: readonly string[] }[] {
  const tag = /<!--[^<>]*-->|<!doctype html>|<\/?([a-z][a-z0-9]*)((?:\s+[a-z][a-z0-9-]*(?:="[^"<>]*")?)*)\s*\/?>/gi;
  expect(text.replaceAll(tag, '')).not.toContain('<');
  return [...text.matchAll(tag)].flatMap(([, name, attributes]) => (
    name === undefined ? [] : [{ name, attributes: [...(attributes ?? '').matchAll(/([a-z][a-z0-9-]*)(?:="[^"]*")?/gi)].map((match) => match[1] ?? '') }]
  ));
}

describe('markdown', () => {
  it('holds its own tags only and stays short', () => {
    const own = new Set(['details', 'summary', 'code', 'br']);
    always('markdown', (output) => {
      expect(output.length).toBeLessThanOrEqual(60_000);
      for (const { attributes, name } of tagsOf(output.replace(/^> .*$/gm, ''))) {
        expect(own).toContain(name);
        expect(attributes.filter((attribute) => attribute !== 'open')).toEqual([]);
      }
      expect(output).not.toMatch(/@everyone|\]\(http|`/);
    });
  });
});

describe('html', () => {
  it('holds its own tags and attributes only, and asks for nothing', () => {
    const own = new Set(tagsOf(body(wholeText(reporter('html').render(sampleReport(), plain)))).map(({ name }) => name));
    const attributesOfOwn = new Set(tagsOf(body(wholeText(reporter('html').render(sampleReport(), plain)))).flatMap(({ attributes }) => attributes));
    always('html', (output) => {
      expect(output).not.toMatch(/<script\s|<link|<iframe|<object|<embed|<form[^>]+action/i);
      expect(output.match(/<style>[\s\S]*?<\/style>/)?.[0]).not.toMatch(/@import|url\(/i);
      for (const { attributes, name } of tagsOf(body(output))) {
        expect([...own, 'h2', 'section']).toContain(name);
        expect(attributes.filter((attribute) => !attributesOfOwn.has(attribute) && attribute !== 'role')).toEqual([]);
      }
      for (const [, target] of output.matchAll(/<a\s[^>]*href="([^"]*)"/g)) expect(target).toMatch(/^(?:#main$|https?:\/\/)/);
    });
  });

  it('lets no attack through as it is', () => {
    const active = attacks.filter((attack) => /[<>"]|[\u0000-\u001f\u202e\u2028]/.test(attack));
    for (const attack of active) {
      const [finding] = sampleReport().findings;
      if (finding === undefined) throw new Error('the sample has no finding');
      const clean = wholeText(reporter('html').render(sampleReport({ findings: [{ ...finding, message: '' }] }), plain));
      const output = wholeText(reporter('html').render(sampleReport({ findings: [{ ...finding, message: attack }] }), plain));
      expect(output.split(attack).length).toBe(clean.split(attack).length);
    }
  });
});

/** The page without its own script and style. */
function body(page: string): string {
  return page.replace(/<style>[\s\S]*?<\/style>/, '').replace(/<script>[\s\S]*?<\/script>/, '');
}
