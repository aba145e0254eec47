import type { CatalogueEntry } from '#apps/cli/catalogue.ts';
import type { Command, OptionSpec } from '#apps/cli/command.ts';
import type { Section } from '#apps/cli/explanation.ts';
import { exitCodeHelp } from '#apps/cli/globals.ts';
import { usageOf } from '#apps/cli/help.ts';
import { variableOf } from '#apps/cli/values.ts';

export function indexPage(commands: readonly Command[], rules: number, models: readonly { readonly id: string; readonly title: string }[]): string {
  const rows = commands.map(({ name, summary }) => `| [\`watchward ${name}\`](commands/${name}.md) | ${cell(summary)} |`);
  return page('Watchward', [
    '## Commands', '', '| command | what it does |', '|---|---|', ...rows, '',
    '## Rules', '', `[${rules} rules](rules.md)`, '',
    '## Models', '', '| model | answers |', '|---|---|', ...models.map(({ id, title }) => `| [${id}](models/${id}.md) | ${cell(title)} |`), '',
    '## Exit codes', '', '| code | means |', '|---|---|', ...exitCodeHelp.map(([code, means]) => `| ${code} | ${cell(means)} |`),
  ]);
}

export function commandPage(path: string, command: Command): string {
  const options = Object.entries(command.options ?? {});
  const subs = command.subcommands ?? [];
  return page(`watchward ${path}`, [
    `${command.summary}.`, '', '```text', usageOf(path, command), '```', '', command.description,
    ...(subs.length === 0 ? [] : ['', '## Commands', '', ...subs.map(({ name, summary }) => `- [\`${name}\`](${`${path} ${name}`.replaceAll(' ', '-')}.md): ${summary}`)]),
    ...(command.positionals === undefined ? [] : ['', '## Arguments', '', ...command.positionals.map(({ name, help }) => `- \`${name.toUpperCase()}\`: ${help}`)]),
    ...(options.length === 0 ? [] : ['', '## Options', '', '| option | what it does | also from |', '|---|---|---|', ...options.map(([name, spec]) => optionRow(name, spec))]),
    ...(command.examples === undefined ? [] : ['', '## Examples', '', ...command.examples.flatMap(({ command: line, explain }) => [`${explain}`, '', '```text', line, '```', ''])]),
  ]);
}

function optionRow(name: string, spec: OptionSpec): string {
  const value = spec.type === 'string' ? ` ${spec.value ?? name.toUpperCase()}` : '';
  const notes = [
    spec.choices === undefined ? '' : ` One of ${spec.choices.join(', ')}.`,
    typeof spec.default === 'string' ? ` Default: ${spec.default}.` : '',
  ].join('');
  const from = { config: `\`${variableOf(name)}\`, files`, user: `\`${variableOf(name)}\`, the user's file`, env: `\`${variableOf(name)}\`` };
  const short = spec.short === undefined ? '' : `\`-${spec.short}\`, `;
  return `| ${short}\`--${name}${cell(value)}\` | ${cell(`${spec.help}.${notes}`)} | ${spec.setting === undefined ? '' : from[spec.setting]} |`;
}

export function rulesPage(entries: readonly CatalogueEntry[]): string {
  return page(`${entries.length} rules`, [
    '| rule | severity | finds |', '|---|---|---|',
    ...entries.map(({ id, severity, title }) => `| [${id}](rules/${id}.md) | ${severity} | ${cell(title)} |`),
  ]);
}

export function rulePage({ id, title }: CatalogueEntry, sections: readonly Section[]): string {
  const body = sections.flatMap((section) => {
    const lines = section.verbatim === true ? ['```text', ...section.lines, '```'] : section.lines.flatMap((line) => [line, '']);
    return [`## ${section.title}`, '', ...lines, ''];
  });
  return page(id, [title, '', ...body]);
}

function page(title: string, lines: readonly string[]): string {
  return `# ${title}\n\n${lines.join('\n').trim()}\n`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
