import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { severities, surfaces } from '#model/severity.ts';
import { loadCatalogue, findEntry } from '../catalogue.ts';
import type { CatalogueEntry } from '../catalogue.ts';
import { CliError, defineCommand, exitCodes } from '../command.ts';
import type { Invocation } from '../command.ts';
import { counted } from '../counted.ts';
import type { RuleVerdict } from '../rule-cases.ts';
import { newRule } from '../rule-template.ts';

const json = { type: 'boolean', help: 'Print JSON' } as const;

export default defineCommand({
  name: 'rules',
  summary: 'List, show, test and make rules',
  description: 'A rule is one YAML file and its cases. What is built in can be listed, shown and tested; rules of your own are used with `watchward scan --rules FILE`.',
  unconfigured: true,
  subcommands: [
    {
      name: 'list',
      summary: 'Name every rule and detector',
      description: 'Prints one line for each: id, severity, title.',
      unconfigured: true,
      options: {
        surface: { type: 'string', choices: surfaces, multiple: true, help: 'Only these surfaces' },
        severity: { type: 'string', choices: severities, help: 'Only this severity and above' },
        json,
      },
      examples: [{ command: 'watchward rules list --surface secrets', explain: 'Every rule about secrets.' }],
      run: list,
    },
    {
      name: 'show',
      summary: 'Print a rule as it is defined',
      description: 'Prints the whole record of a rule. `watchward explain` says the same in sentences.',
      unconfigured: true,
      positionals: [{ name: 'rule', help: 'Id of the rule, such as secrets/slack-bot-token', required: true }],
      examples: [{ command: 'watchward rules show secrets/slack-bot-token', explain: 'What the rule looks for.' }],
      run: show,
    },
    {
      name: 'test',
      summary: 'Run the cases of rules',
      description: 'Runs each rule alone on its own cases. Takes ids of built-in rules, or files and folders of your own; without any, tests everything built in. Rules in Semgrep\'s syntax are tested on the files beside them, where comments say `ruleid: ID` and `ok: ID` about the next line; a `.fixed` file beside such a file is what the fixes must make of it.',
      unconfigured: true,
      positionals: [{ name: 'rule', help: 'Ids, files or folders', many: true }],
      options: { json },
      examples: [
        { command: 'watchward rules test secrets/slack-bot-token', explain: 'Run one rule\'s cases.' },
      ],
      run: test,
    },
    {
      name: 'new',
      summary: 'Begin a rule of your own',
      description: 'Writes NAME.yaml and NAME.cases.yaml, ready to be tested and changed. Nothing is overwritten.',
      unconfigured: true,
      positionals: [{ name: 'name', help: 'Name of the rule, such as acme-token', required: true }],
      options: { folder: { type: 'string', value: 'DIR', path: true, default: '.', help: 'Where to put it' } },
      examples: [
        { command: 'watchward rules new acme-token --folder my-rules', explain: 'Write the two files.' },
        { command: 'watchward rules test my-rules', explain: 'Run their cases.' },
        { command: 'watchward scan . --rules my-rules', explain: 'Use them.' },
      ],
      run: make,
    },
  ],
});

async function list({ options, io }: Invocation): Promise<number> {
  const wanted = options.list('surface');
  const least = severities.findIndex((severity) => severity === options.text('severity'));
  const entries = [...(await loadCatalogue()).values()].filter(
    ({ surface, severity }) => (wanted.length === 0 || wanted.includes(surface)) && severities.indexOf(severity) >= least,
  );
  if (options.flag('json')) {
    io.stdout(`${JSON.stringify(entries.map(plain), undefined, 2)}\n`);
    return exitCodes.clean;
  }
  const wide = Math.max(0, ...entries.map(({ id }) => id.length));
  for (const { id, severity, title } of entries) io.stdout(`${id.padEnd(wide)}  ${severity.padEnd(13)}  ${title}\n`);
  if (!options.flag('quiet')) io.stderr(`${counted(entries.length, 'rule')}; \`watchward explain RULE\` tells about one\n`);
  return exitCodes.clean;
}

/** An entry without what only the program needs. */
function plain({ id, title, surface, severity, kind, info, rule, sigma, stream }: CatalogueEntry): object {
  return rule ?? info ?? stream ?? { id, title, surface, severity, kind, yaml: sigma?.yaml };
}

async function show({ positionals, io }: Invocation): Promise<number> {
  const entry = findEntry(await loadCatalogue(), positionals[0] ?? '');
  io.stdout(entry.sigma === undefined ? `${JSON.stringify(plain(entry), undefined, 2)}\n` : entry.sigma.yaml);
  return exitCodes.clean;
}

/** Those of the ids that are rules about code. */
async function testCodeRules(ids: readonly string[]): Promise<RuleVerdict[]> {
  const { codeRule, testCodeRule } = await import('../code-rules.ts');
  const verdicts: RuleVerdict[] = [];
  for (const id of ids) if ((await codeRule(id)) !== undefined) verdicts.push(await testCodeRule(id));
  return verdicts;
}

async function test({ options, positionals, io, resolve }: Invocation): Promise<number> {
  const [{ readRuleFile, testRule }, { loadCases }, { patternRuleFilesAt, testPatternRules }] = await Promise.all([
    import('../rule-cases.ts'), import('#engine/content.ts'), import('#engine/code/pattern-tests.ts'),
  ]);
  const catalogue = await loadCatalogue();
  const cases = loadCases();
  const builtIn = (id: string): string[] => [findEntry(catalogue, id).id];
  const own = positionals.map((name) => resolve(name)).filter((path) => existsSync(path));
  const patternFiles = own.flatMap(patternRuleFilesAt);
  const files = own.flatMap(ruleFilesAt).filter((path) => !patternFiles.includes(path) && (patternFiles.length === 0 || isOwnRule(path)));
  const ids = positionals.length === 0 ? [...catalogue.keys()] : positionals.filter((name) => !existsSync(resolve(name))).flatMap(builtIn);
  const verdicts: RuleVerdict[] = [
    ...(await testPatternRules(patternFiles)),
    ...files.map((path) => readRuleFile(path)).map((read) => ('rule' in read ? testRule(read) : read)),
    ...ids.flatMap((id) => {
      const rule = catalogue.get(id)?.rule;
      return rule === undefined ? [] : [testRule({ name: id, rule, cases: cases.get(id) })];
    }),
    ...(await testCodeRules(ids)),
  ];
  if (verdicts.length === 0) throw new CliError('nothing', 'none of these has cases that can be run here', 'Detectors and Sigma rules are tested in a checkout, by `npm test`.');
  const failed = verdicts.filter(({ problems }) => problems.length > 0);
  if (options.flag('json')) io.stdout(`${JSON.stringify(verdicts, undefined, 2)}\n`);
  else {
    const wrong = failed.filter(({ notRun }) => notRun !== true);
    for (const { name, problems } of wrong) io.stdout(`${name}\n${problems.map((problem) => `  ${problem}\n`).join('')}`);
    const left = failed.length - wrong.length;
    io.stdout(leftOut(failed.filter(({ notRun }) => notRun === true)));
    io.stdout(`${counted(verdicts.length, 'rule')}, ${counted(verdicts.reduce((sum, verdict) => sum + verdict.cases, 0), 'case')}, ${counted(wrong.length, 'rule')} wrong${left === 0 ? '' : `, ${left} not run`}\n`);
  }
  return failed.length === 0 ? exitCodes.clean : exitCodes.findings;
}

/** Rules that are not run here, by why: most of them at once where a repository is for many languages. */
function leftOut(verdicts: readonly RuleVerdict[]): string {
  const byWhy = new Map<string, string[]>();
  for (const { name, problems } of verdicts) byWhy.set(problems.join('; '), [...(byWhy.get(problems.join('; ')) ?? []), name]);
  return [...byWhy].map(([why, names]) => (names.length === 1 ? `${names[0]}\n  ${why}\n` : `${why}: ${names.length}, the first ${names[0]}\n`)).join('');
}

/** Beside rules in Semgrep's syntax lie files that are tests, not rules. */
function isOwnRule(path: string): boolean {
  return /^match\s*:/m.test(readFileSync(path, 'utf8'));
}

function ruleFilesAt(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path).filter((name) => /\.ya?ml$/.test(name) && !/\.cases\.ya?ml$/.test(name)).sort().map((name) => join(path, name));
}

async function make({ options, positionals, io }: Invocation): Promise<number> {
  const name = positionals[0] ?? '';
  if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name)) {
    throw new CliError('usage', `"${name}" is no name for a rule`, 'Use small letters, digits and hyphens: acme-token.');
  }
  const folder = options.text('folder') ?? '.';
  const { rule, cases } = newRule(name);
  mkdirSync(folder, { recursive: true });
  const files = [[join(folder, `${name}.yaml`), rule], [join(folder, `${name}.cases.yaml`), cases]] as const;
  const taken = files.find(([path]) => existsSync(path));
  if (taken !== undefined) throw new CliError('usage', `${taken[0]} is there already`, 'Choose another name.');
  for (const [path, text] of files) {
    writeFileSync(path, text, { flag: 'wx' });
    io.stdout(`${path}\n`);
  }
  return exitCodes.clean;
}
