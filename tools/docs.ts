/** `npm run docs`: writes a page for each command, each rule and each model to `.generated/docs`, from their own records. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { explainEntry } from '#apps/cli/explanation.ts';
import { loadCatalogue } from '#apps/cli/catalogue.ts';
import type { Command } from '#apps/cli/command.ts';
import { allCommands, registeredCommands } from '#apps/cli/registry.ts';
import { modelCardMarkdown } from '#act/models/model-markdown.ts';
import { loadModelCards } from '#engine/content.ts';
import { commandPage, indexPage, rulePage, rulesPage } from './docs/pages.ts';
import { root } from './program.ts';

/** Every page by its path below the documentation folder. */
export async function documentation(now: Date): Promise<ReadonlyMap<string, string>> {
  const commands = [...(await allCommands(await registeredCommands()))].sort((a, b) => (a.name < b.name ? -1 : 1));
  const entries = [...(await loadCatalogue()).values()];
  const cards = [...loadModelCards().values()];
  const pages = new Map([
    ['index.md', indexPage(commands, entries.length, cards.map(({ id, title }) => ({ id, title })))],
    ['rules.md', rulesPage(entries)],
  ]);
  const add = (path: string, command: Command): void => {
    pages.set(`commands/${path.replaceAll(' ', '-')}.md`, commandPage(path, command));
    command.subcommands?.forEach((sub) => add(`${path} ${sub.name}`, sub));
  };
  commands.forEach((command) => add(command.name, command));
  for (const card of cards) pages.set(`models/${card.id}.md`, modelCardMarkdown({ card, on: true, evaluations: [], drift: undefined }));
  for (const entry of entries) pages.set(`rules/${entry.id}.md`, rulePage(entry, await explainEntry(entry, now)));
  return pages;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = join(root, '.generated', 'docs');
  rmSync(folder, { recursive: true, force: true });
  const pages = await documentation(new Date());
  for (const [path, text] of pages) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  process.stdout.write(`${pages.size} pages in ${folder}\n`);
}
