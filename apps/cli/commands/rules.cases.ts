import { defineCases } from '../command-cases.ts';

function contains(text: string, part: string): void {
  if (!text.includes(part)) throw new Error(`"${part}" is not in:\n${text}`);
}

const rule = (pattern: string): string =>
  `title: Acme token\nseverity: high\nconfidence: high\nconsequence: It opens Acme.\nremediation: Revoke it.\nmatch:\n  keywords: [acme_]\n  pattern: '${pattern}'\n`;
const cases = 'fires:\n  - text: "x = acme_${hex:16}"\nsilent:\n  - text: "x = acme_short"\n';

const semgrep = 'rules:\n- id: priv\n  message: Privileged.\n  severity: ERROR\n  languages: [yaml]\n  pattern: "privileged: true"\n  fix: "privileged: false"\n';

export default defineCases({
  cases: [
    { name: 'lists rules', args: ['rules', 'list'], exitCode: 0, verify: ({ stdout }) => contains(stdout, 'secrets/slack-bot-token') },
    { name: 'lists as JSON', args: ['rules', 'list', '--json'], exitCode: 0, verify: ({ stdout }) => void JSON.parse(stdout) },
    { name: 'shows one', args: ['rules', 'show', 'slack-bot-token'], exitCode: 0, verify: ({ stdout }) => contains(stdout, '"secrets/slack-bot-token"') },
    { name: 'suggests what was meant', args: ['rules', 'show', 'secrets/slack-bot-tokn'], exitCode: 3, verify: ({ stderr }) => contains(stderr, '`secrets/slack-bot-token`') },
    { name: 'needs a word', args: ['rules'], exitCode: 3 },
    { name: 'knows its words', args: ['rules', 'lsit'], exitCode: 3, verify: ({ stderr }) => contains(stderr, '`list`') },
    {
      name: 'passes a rule whose cases hold',
      args: ['rules', 'test', 'own'],
      files: { 'own/acme.yaml': rule('(?<secret>acme_[0-9a-f]{16})'), 'own/acme.cases.yaml': cases },
      exitCode: 0,
      verify: ({ stdout }) => contains(stdout, '1 rule, 2 cases, 0 rules wrong'),
    },
    {
      name: 'names the case that does not hold',
      args: ['rules', 'test', 'own/acme.yaml'],
      files: { 'own/acme.yaml': rule('(?<secret>acme_[0-9a-f]{99})'), 'own/acme.cases.yaml': cases },
      exitCode: 1,
      verify: ({ stdout }) => contains(stdout, 'fires[0]: 0 matches where 1 are due'),
    },
    {
      name: 'stops a pattern that runs away',
      args: ['rules', 'test', 'own'],
      files: {
        // Looking ahead keeps it from V8's engine that cannot run away, which a watch in the same process turns on.
        'own/slow.yaml': rule('acme_(?<secret>(?:(?!b)a+)+)$'),
        'own/slow.cases.yaml': `fires:\n  - text: "acme_${'a'.repeat(60)}!"\nsilent:\n  - text: "acme_"\n`,
      },
      exitCode: 1,
      verify: ({ stdout }) => contains(stdout, 'stopped after'),
    },
    {
      name: 'names what is wrong in a rule',
      args: ['rules', 'test', 'own'],
      files: { 'own/acme.yaml': 'title: 3\n' },
      exitCode: 1,
      verify: ({ stdout }) => contains(stdout, '`title` must be text'),
    },
    {
      name: "runs the comments of test files beside rules in Semgrep's syntax",
      args: ['rules', 'test', 'own'],
      files: { 'own/a.yaml': semgrep, 'own/a.test.yaml': '# ruleid: priv\nprivileged: true\n---\n# ok: priv\nprivileged: false\n', 'own/a.fixed.test.yaml': '# ruleid: priv\nprivileged: false\n---\n# ok: priv\nprivileged: false\n' },
      exitCode: 0,
      verify: ({ stdout }) => contains(stdout, '2 rules, 3 cases, 0 rules wrong'),
    },
    {
      name: 'names the line that such a rule gets wrong',
      args: ['rules', 'test', 'own/a.yaml'],
      files: { 'own/a.yaml': semgrep, 'own/a.test.yaml': '# ok: priv\nprivileged: true\n---\n# ruleid: priv\nprivileged: false\n' },
      exitCode: 1,
      verify: ({ stdout }) => {
        contains(stdout, 'a.test.yaml:2: reported, and `ok: priv` stands above it');
        contains(stdout, 'a.test.yaml:5: not reported, and `ruleid: priv` stands above it');
      },
    },
    {
      name: 'counts rules for languages that are not run apart, and names why once',
      args: ['rules', 'test', 'own'],
      files: { 'own/a.yaml': semgrep, 'own/b.yaml': semgrep.replaceAll('yaml', 'cobol'), 'own/b.test.cob': '# ruleid: priv\nprivileged: true\n' },
      exitCode: 1,
      verify: ({ stdout }) => {
        contains(stdout, 'rules for cobol are not run here');
        contains(stdout, '2 rules, 0 cases, 0 rules wrong, 1 not run');
      },
    },
    { name: 'begins a rule', args: ['rules', 'new', 'acme-token'], exitCode: 0, verify: ({ stdout }) => contains(stdout, 'acme-token.cases.yaml') },
    { name: 'overwrites nothing', args: ['rules', 'new', 'acme-token'], files: { 'acme-token.yaml': '' }, exitCode: 3 },
    { name: 'wants a plain name', args: ['rules', 'new', '../Acme'], exitCode: 3 },
  ],
});
