import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { proofs } from '#generated/analysis.ts';
import { expandCase } from '#engine/case-text.ts';
import { entriesOf, parseYaml } from '#formats/yaml.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

function list(folder: string): readonly string[] {
  return existsSync(join(root, folder)) ? readdirSync(join(root, folder)).filter((name) => /\.ya?ml$/.test(name)).map((name) => `${folder}/${name}`) : [];
}

const files = ['action.yml', '.pre-commit-hooks.yaml', ...list('integrations'), ...list('.github/workflows')];

/** Every value in a document with the keys that lead to it. */
function* walk(value: unknown, path: readonly string[] = []): Generator<{ readonly path: readonly string[]; readonly value: unknown }> {
  yield { path, value };
  if (value === null || typeof value !== 'object') return;
  for (const [key, child] of Object.entries(value)) yield* walk(child, [...path, key]);
}

function read(file: string): unknown {
  return parseYaml(readFileSync(join(root, file), 'utf8'));
}

describe.each(files)('%s', (file) => {
  const entries = [...walk(read(file))];

  /** Values under a key, wherever it stands. */
  const valuesOf = (name: string): readonly unknown[] => entries.filter(({ path }) => path.at(-1) === name).map(({ value }) => value);

  it('pins what others wrote by its full hash', () => {
    const actions = valuesOf('uses').filter((value) => !String(value).startsWith('./'));
    expect(actions.filter((value) => !/^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/.test(String(value)))).toEqual([]);
    expect(valuesOf('image').filter((value) => !/@sha256:[0-9a-f]{64}$/.test(String(value)))).toEqual([]);
  });

  it('puts no expression into a script: values arrive as variables', () => {
    const scripts = entries.filter(({ path, value }) => typeof value === 'string' && path.some((key) => ['run', 'script', 'before_script'].includes(key)));
    for (const { value } of scripts) expect(value).not.toContain('${{');
  });

  it('asks for nothing but to read, and takes no token', () => {
    expect(valuesOf('permissions').map((value) => JSON.stringify(value)).filter((text) => !['{}', '{"contents":"read"}'].includes(text))).toEqual([]);
    expect(JSON.stringify(read(file))).not.toMatch(/github\.token|secrets\.|GITHUB_TOKEN|CI_JOB_TOKEN|pull_request_target/);
  });
});

describe('the GitHub action', () => {
  const action = entriesOf(read('action.yml'));

  it('has the inputs and outputs that its users know, each described', () => {
    for (const [part, names] of [['inputs', ['path', 'fail-on', 'baseline', 'sarif', 'comment', 'args']], ['outputs', ['findings-count', 'verdict']]] as const) {
      const members = entriesOf(action?.get(part));
      for (const name of names) expect(entriesOf(members?.get(name))?.get('description')).toMatch(/\w/);
    }
  });

  it('says which permissions it needs', () => {
    expect(readFileSync(join(root, 'action.yml'), 'utf8')).toMatch(/permissions: \{\}[\s\S]*permissions:\n#\s+contents: read\n/);
  });
});

describe('the pre-commit hooks', () => {
  it.each(read('.pre-commit-hooks.yaml') as readonly Record<string, unknown>[])('$id starts a script that is there and may run', ({ entry, language, pass_filenames: names }) => {
    const [script = ''] = String(entry).split(' ');
    expect([language, names]).toEqual(['script', false]);
    expect(readFileSync(join(root, script), 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
    expect(statSync(join(root, script)).mode & 0o111).not.toBe(0);
  });
});

describe('the GitLab job', () => {
  const job = entriesOf(entriesOf(read('integrations/gitlab.yml'))?.get('watchward_secrets'));

  function checkCommit(commit: string): number | null {
    const script = job?.get('script');
    const check = Array.isArray(script) ? String(script[0]) : '';
    return spawnSync('sh', ['-ec', check], { env: { ...process.env, WATCHWARD_COMMIT: commit } }).status;
  }

  it('follows the conventions of a scanner: name, stage, failure allowed, both reports', () => {
    expect([job?.get('stage'), job?.get('allow_failure'), job?.has('before_script')]).toEqual(['test', true, false]);
    expect(entriesOf(job?.get('artifacts'))?.get('reports')).toEqual({
      codequality: 'gl-code-quality-report.json', secret_detection: 'gl-secret-detection-report.json',
    });
  });

  it.each(['', 'main', 'abc123', 'a'.repeat(39), `${'a'.repeat(40)};x`])('refuses the commit %j', (commit) => {
    expect(checkCommit(commit)).toBe(3);
  });

  it('takes a full commit', () => {
    expect(checkCommit('a'.repeat(40))).toBe(0);
  });
});

describe('a run', () => {
  let workspace = '';
  beforeEach(() => {
    workspace = mkdtempSync(join(tmpdir(), 'watchward-action-'));
    mkdirSync(join(workspace, 'repo'));
    writeFileSync(join(workspace, 'repo', 'readme.txt'), 'nothing to see\n');
  });
  afterEach(() => rmSync(workspace, { recursive: true, force: true }));

  function addSecret(): void {
    const known = new Map(proofs.map((proof) => [proof.id, proof]));
    writeFileSync(join(workspace, 'repo', 'app.env'), `${expandCase('STRIPE_SECRET_KEY=${proof:stripe-key}', 'integrations', known)}\n`);
  }

  function scan(inputs: Record<string, string> = {}): { readonly status: number | null; readonly stdout: string; readonly outputs: Map<string, string>; readonly summary: string } {
    const [output, summary] = [join(workspace, 'output'), join(workspace, 'summary')];
    for (const file of [output, summary]) writeFileSync(file, '');
    const { status, stdout } = spawnSync('bash', [join(root, 'integrations/github-scan.sh')], {
      cwd: join(workspace, 'repo'),
      encoding: 'utf8',
      env: {
        ...process.env, GITHUB_ACTION_PATH: root, GITHUB_OUTPUT: output, GITHUB_STEP_SUMMARY: summary, RUNNER_TEMP: workspace,
        WATCHWARD_STATE_DIR: join(workspace, 'state'), INPUT_PATH: '.', INPUT_FAIL_ON: 'low', INPUT_BASELINE: '', INPUT_SARIF: 'true',
        INPUT_COMMENT: 'false', INPUT_ANNOTATE: 'true', INPUT_ARGS: '', PULL_REQUEST: '', ...inputs,
      },
    });
    const outputs = new Map(readFileSync(output, 'utf8').trim().split('\n').map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
    return { status, stdout, outputs, summary: readFileSync(summary, 'utf8') };
  }

  it('of a clean checkout passes, with reports and a summary', () => {
    const { outputs, status, summary } = scan();
    expect([status, outputs.get('verdict'), outputs.get('exit-code'), outputs.get('findings-count')]).toEqual([0, 'pass', '0', '0']);
    expect(existsSync(outputs.get('sarif') ?? '')).toBe(true);
    expect(summary).toMatch(/^<!-- watchward -->\n## ✅/);
  });

  it('with a finding blocks, annotates and counts; never lets it through', () => {
    addSecret();
    const blocked = scan({ INPUT_COMMENT: 'true', PULL_REQUEST: '17\nx' });
    expect([blocked.outputs.get('verdict'), blocked.outputs.get('exit-code'), blocked.outputs.get('findings-count')]).toEqual(['block', '1', '1']);
    expect(blocked.stdout).toMatch(/^::error file=app\.env,line=1,/m);
    expect(readFileSync(join(blocked.outputs.get('folder') ?? '', 'pull-request.txt'), 'utf8')).toBe('17\n');
    const through = scan({ INPUT_FAIL_ON: 'never' });
    expect([through.outputs.get('verdict'), through.outputs.get('exit-code')]).toEqual(['block', '0']);
  });

  it.each([
    ['a path that is not there', { INPUT_PATH: 'missing' }],
    ['a path that looks like a command', { INPUT_PATH: '$(touch pwned)`touch pwned`;touch pwned' }],
    ['a path that looks like an option', { INPUT_PATH: '--exit-zero' }],
    ['a baseline that is not there', { INPUT_BASELINE: 'no-such-ref' }],
    ['a severity that is none', { INPUT_FAIL_ON: 'high; touch pwned' }],
  ])('with %s is unknown and fails', (_, inputs) => {
    const { outputs, summary } = scan(inputs);
    expect(outputs.get('verdict')).toBe('unknown');
    expect(outputs.get('exit-code')).toMatch(/^[234]$/);
    expect(summary).not.toContain('✅');
    expect(existsSync(join(workspace, 'repo', 'pwned'))).toBe(false);
  });
});
