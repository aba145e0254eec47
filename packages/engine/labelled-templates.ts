import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface LabelledLine {
  readonly content: string;
  /** The template, with `<*>` for values, corrected. */
  readonly template: string;
  /** The severity that the program gave it, where the labels hold one. */
  readonly level: string | undefined;
}

export interface LabelledSystem {
  readonly name: string;
  readonly lines: readonly LabelledLine[];
}

/** One folder for each system, with a `*_structured.csv` as loghub has them; one whose labels were corrected (`*_structured_corrected.csv`) goes before it. */
export function readLabelledTemplates(folder: string): LabelledSystem[] {
  const systems = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return systems.sort().flatMap((name) => {
    const files = readdirSync(join(folder, name)).sort();
    const found = files.find((one) => one.endsWith('_structured_corrected.csv')) ?? files.find((one) => one.endsWith('_structured.csv'));
    const file = found === undefined ? undefined : join(folder, name, found);
    return file === undefined ? [] : [{ name, lines: readLines(file) }];
  });
}

function readLines(file: string): LabelledLine[] {
  const [head = [], ...rows] = readCsv(readFileSync(file, 'utf8'));
  const content = head.indexOf('Content');
  const template = head.indexOf('EventTemplate');
  const level = head.indexOf('Level');
  if (content < 0 || template < 0) return [];
  return rows.flatMap((row) => (row.length > Math.max(content, template) ? [{ content: row[content] ?? '', template: correctTemplate(row[template] ?? ''), level: row[level] }] : []));
}

/** RFC 4180. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at] as string;
    if (quoted && character === '"' && text[at + 1] === '"') { cell += '"'; at++; }
    else if (character === '"') quoted = !quoted;
    else if (quoted) cell += character;
    else if (character === ',' || character === '\n') {
      row.push(cell.replace(/\r$/, ''));
      cell = '';
      if (character === '\n') { rows.push(row); row = []; }
    } else cell += character;
  }
  return cell === '' && row.length === 0 ? rows : [...rows, [...row, cell]];
}

const pathEdges = /([\s,!;:=|"'[\](){}])/;
const tokenEdges = /([\s,!;:=|"'[\](){}.\-+@#$%&])/;

/**
 * The normal form of templates that the field compares (Khan et al., ICSE 2022; Jiang et al., ISSTA 2024): spaces folded, truth values, `null`, `root`, numbers,
 * paths and names of hosts are values, a token that holds a value is one, and values that touch or are joined by `.:/@#` are one. Labels and what a parser
 * says go through it alike.
 */
export function correctTemplate(template: string): string {
  let text = template.trim().replace(/\s+/g, ' ');
  text = text.split(pathEdges).map((part) => (isPath(part) ? '<*>' : part)).join('');
  text = text.split(tokenEdges).map(correctToken).join('');
  for (let before = ''; before !== text;) {
    before = text;
    for (const [from, to] of joined) text = text.replaceAll(from, to);
  }
  return text;
}

const joined = [
  ['<*>.<*>', '<*>'], ['<*><*>', '<*>'], ['<*>:<*>', '<*>'], ['<*>#<*>', '<*>'], ['<*>/<*>', '<*>'], ['<*>@<*>', '<*>'],
  [' #<*># ', ' <*> '], [' #<*> ', ' <*> '], [' "<*>" ', ' <*> '], [" '<*>' ", ' <*> '],
] as const;

function isPath(part: string): boolean {
  return /^(\/[^/]+)+\/?$/.test(part) || /\/.*\./.test(part) || /^([a-zA-Z0-9-]+\.){3,}[a-z]+$/.test(part);
}

function correctToken(token: string): string {
  if (/^(true|false|null|root|\d+)$/i.test(token)) return '<*>';
  return token !== '<*>/<*>' && /^[^\s/]*<\*>[^\s/]*$/.test(token) ? '<*>' : token;
}

export interface Accuracy {
  /** Share of lines whose group holds exactly the lines of their template. */
  readonly ga: number;
  /** Harmonic mean of precision and recall of groups, and of groups whose template is right to the letter. */
  readonly fga: number;
  readonly fta: number;
  /** Share of lines whose template is right to the letter. */
  readonly pa: number;
}

export function accuracy(lines: readonly LabelledLine[], groups: readonly string[], texts: readonly string[]): Accuracy {
  const truth = membersOf(lines.map(({ template }) => template));
  const found = membersOf(groups);
  let grouped = 0;
  let right = 0;
  let exact = 0;
  for (const members of found.values()) {
    const template = lines[members[0] ?? 0]?.template ?? '';
    if (truth.get(template)?.length !== members.length || members.some((at) => lines[at]?.template !== template)) continue;
    grouped += members.length;
    right++;
    if (texts[members[0] ?? 0] === template) exact++;
  }
  const mean = (hits: number): number => (2 * hits) / (found.size + truth.size);
  return { ga: grouped / lines.length, fga: mean(right), fta: mean(exact), pa: lines.filter(({ template }, at) => texts[at] === template).length / lines.length };
}

function membersOf(keys: readonly string[]): Map<string, number[]> {
  const members = new Map<string, number[]>();
  for (const [at, key] of keys.entries()) {
    const there = members.get(key);
    if (there === undefined) members.set(key, [at]);
    else there.push(at);
  }
  return members;
}

export function meanAccuracy(scores: readonly Accuracy[]): Accuracy {
  const mean = (of: (score: Accuracy) => number): number => scores.reduce((sum, score) => sum + of(score), 0) / scores.length;
  return { ga: mean(({ ga }) => ga), fga: mean(({ fga }) => fga), fta: mean(({ fta }) => fta), pa: mean(({ pa }) => pa) };
}
