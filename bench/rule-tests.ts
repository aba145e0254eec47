import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { judgeRequest, type Request } from '#analyze/http/request.ts';
import { scannerOf } from '#analyze/http/scanners.ts';

/** One test of the OWASP CRS: a request, and whether the rule that it is about is due. */
export interface RuleTest {
  readonly rule: string;
  readonly id: number;
  /** The paranoia level of the rule: 1 is for everybody, 4 for who puts up with false alarms. */
  readonly level: number;
  readonly expected: boolean;
  readonly hit: boolean;
  readonly request: Request;
}

interface Input {
  readonly uri?: string;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly data?: unknown;
  readonly encoded_request?: string;
}

interface TestFile {
  readonly tests?: readonly { readonly test_id: number; readonly stages: readonly { readonly input: Input; readonly output?: { readonly log?: { readonly expect_ids?: readonly number[]; readonly no_expect_ids?: readonly number[] } } }[] }[];
}

export function readRuleTests(folder: string): RuleTest[] {
  const levels = readLevels(join(folder, 'rules'));
  const tests = join(folder, 'tests/regression/tests');
  const files = readdirSync(tests, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml')).sort();
  return files.flatMap((file) => {
    const rule = /(\d+)\.yaml$/.exec(file)?.[1] ?? '';
    const text = readFileSync(join(tests, file), 'utf8');
    const { tests: list = [] } = (/^\w/m.test(text) ? load(text) : {}) as TestFile;
    return list.flatMap(({ test_id: id, stages }) => stages.flatMap(({ input, output }): RuleTest[] => {
      const expected = (output?.log?.expect_ids ?? []).length > 0;
      if (!expected && (output?.log?.no_expect_ids ?? []).length === 0) return [];
      const request = requestOf(input);
      const agent = request.headers.find(([name]) => /^user-agent$/i.test(name))?.[1] ?? '';
      return [{ rule, id, level: levels.get(rule) ?? 0, expected, hit: judgeRequest(request).hits.length > 0 || scannerOf(agent) !== undefined, request }];
    }));
  });
}

function requestOf(input: Input): Request {
  if (input.encoded_request !== undefined) return rawRequest(Buffer.from(input.encoded_request, 'base64').toString('latin1'));
  const headers = Object.entries(input.headers ?? {}).map(([name, value]) => [name, String(value)] as const);
  return withTarget(String(input.uri ?? '/'), headers, typeof input.data === 'string' ? input.data : '');
}

function rawRequest(raw: string): Request {
  const [head = '', ...body] = raw.split('\r\n\r\n');
  const [line = '', ...fields] = head.split('\r\n');
  const headers = fields.map((field) => [field.slice(0, field.indexOf(':')), field.slice(field.indexOf(':') + 1).trim()] as const);
  return withTarget(line.split(' ')[1] ?? '/', headers, body.join('\r\n\r\n'));
}

function withTarget(target: string, headers: Request['headers'], body: string): Request {
  const at = target.indexOf('?');
  return { path: at < 0 ? target : target.slice(0, at), query: at < 0 ? '' : target.slice(at + 1), headers, body };
}

/** `paranoia-level/N` of each rule, by its id. */
function readLevels(folder: string): Map<string, number> {
  const levels = new Map<string, number>();
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.conf'))) {
    const text = readFileSync(join(folder, file), 'utf8');
    for (const [, id = '', rest = ''] of text.matchAll(/\bid:(\d{6}),([^]*?)(?=\n\s*\n|\bid:\d{6},|$)/g)) {
      const level = /paranoia-level\/(\d)/.exec(rest)?.[1];
      if (level !== undefined && !levels.has(id)) levels.set(id, Number(level));
    }
  }
  return levels;
}
