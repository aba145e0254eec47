import { findEntry, loadCatalogue } from '../catalogue.ts';
import { defineCommand, exitCodes } from '../command.ts';
import type { Invocation } from '../command.ts';
import { explainEntry } from '../explanation.ts';
import { wrap } from '../help.ts';

export default defineCommand({
  name: 'explain',
  summary: 'Say everything about a rule',
  description: 'What a finding of the rule means, what an attacker gains, what to do, an example, when it can be wrong, and how to accept a finding.',
  unconfigured: true,
  positionals: [{ name: 'rule', help: 'Id of the rule, such as secrets/slack-bot-token', required: true }],
  options: { json: { type: 'boolean', help: 'Print JSON' } },
  examples: [{ command: 'watchward explain secrets/slack-bot-token', explain: 'What a Slack token in a repository means.' }],
  run,
});

async function run({ options, positionals, io }: Invocation): Promise<number> {
  const entry = findEntry(await loadCatalogue(), positionals[0] ?? '');
  const sections = await explainEntry(entry, io.now());
  if (options.flag('json')) {
    io.stdout(`${JSON.stringify({ id: entry.id, title: entry.title, sections }, undefined, 2)}\n`);
    return exitCodes.clean;
  }
  const width = Math.min(io.columns, 100);
  const bold = (text: string): string => (io.color.stdout ? `\u001b[1m${text}\u001b[22m` : text);
  const body = sections.map(({ title, lines, verbatim }) => {
    const text = verbatim === true ? lines : lines.flatMap((line) => wrap(line, width - 2));
    return `\n${bold(title)}\n${text.map((line) => `  ${line}\n`).join('')}`;
  });
  io.stdout(`${bold(entry.id)}: ${entry.title}\n${body.join('')}`);
  return exitCodes.clean;
}
