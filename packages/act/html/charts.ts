import { clip } from '#formats/clip.ts';
import { htmlText } from '#formats/html-text.ts';
import type { Finding } from '#model/finding.ts';
import { count } from '../coverage.ts';

interface Bar {
  readonly label: string;
  readonly value: number;
  /** Class that colours the bar; the words beside it say the same. */
  readonly tone: string;
}

const barsShown = 8;
const chart = { width: 340, row: 28, label: 168, value: 32, longest: 22 } as const;

/** Three drawings of the same findings: how bad, which rules, where. How grave they are stands above in figures. */
export function chartsSection(findings: readonly Finding[]): string {
  if (findings.length === 0) return '';
  return `<section aria-labelledby="charts"><h2 id="charts">At a glance</h2><div class="charts">${[
    histogram('Risk distribution', findings.map(({ risk }) => risk.score)),
    barList('By rule', tally(withoutSharedSurface(findings.map(({ rule }) => rule)))),
    barList('By folder', tally(findings.map(({ location }) => folderOf(location.path)))),
  ].join('')}</div></section>`;
}

/** The surface says nothing where all rules have the same, and takes the room of what does. */
function withoutSharedSurface(rules: readonly string[]): readonly string[] {
  const surfaces = new Set(rules.map((rule) => rule.slice(0, rule.indexOf('/') + 1)));
  return surfaces.size === 1 ? rules.map((rule) => rule.slice(rule.indexOf('/') + 1)) : rules;
}

function folderOf(path: string): string {
  const folders = path.split('/').slice(0, -1);
  return folders.length === 0 ? '(top)' : folders.slice(0, 2).join('/');
}

/** The most frequent names; the rest in one bar, so that the bars add up. */
function tally(names: readonly string[]): readonly Bar[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  const sorted = [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([label, value]) => ({ label, value, tone: 'plain' }));
  if (sorted.length <= barsShown) return sorted;
  const rest = sorted.slice(barsShown - 1);
  return [...sorted.slice(0, barsShown - 1), { label: `${rest.length} others`, value: rest.reduce((sum, { value }) => sum + value, 0), tone: 'rest' }];
}

function barList(title: string, bars: readonly Bar[]): string {
  const most = Math.max(1, ...bars.map(({ value }) => value));
  const room = chart.width - chart.label - chart.value;
  const rows = bars.map(({ label, tone, value }, index) => {
    const y = index * chart.row;
    const length = Math.max(value > 0 ? 3 : 0, Math.round((room * value) / most));
    return `<g><title>${htmlText(label)}: ${count(value)}</title>`
      + `<text x="${chart.label - 10}" y="${y + 20}" text-anchor="end">${htmlText(shorten(label))}</text>`
      + `<rect class="track" x="${chart.label}" y="${y + 6}" width="${room}" height="18" rx="3"/>`
      + `<rect class="bar ${tone}" x="${chart.label}" y="${y + 6}" width="${length}" height="18" rx="3"/>`
      + `<text class="value" x="${chart.width}" y="${y + 20}" text-anchor="end">${count(value)}</text></g>`;
  });
  return figure(title, bars.map(({ label, value }) => `${label} ${value}`).join(', '), bars.length * chart.row + 4, rows.join(''));
}

function shorten(label: string): string {
  if (label.length <= chart.longest) return label;
  return label.includes('/') ? `…${label.slice(1 - chart.longest)}`.toWellFormed() : clip(label, chart.longest);
}

function histogram(title: string, scores: readonly number[]): string {
  const bins = Array.from({ length: 10 }, (_, index) => scores.filter((score) => Math.min(9, Math.max(0, Math.floor(score / 10))) === index).length);
  const most = Math.max(1, ...bins);
  const base = 170;
  const margin = 20;
  const step = (chart.width - 2 * margin) / 10;
  const bars = bins.map((value, index) => {
    const height = Math.max(value > 0 ? 3 : 0, Math.round((130 * value) / most));
    const x = margin + index * step;
    const label = value === 0 ? '' : `<text class="value" x="${x + step / 2}" y="${base - height - 7}" text-anchor="middle">${count(value)}</text>`;
    return `<g><title>risk ${index * 10} to ${index * 10 + 10}: ${count(value)}</title>`
      + `<rect class="bar risk${index}" x="${x + 4}" y="${base - height}" width="${step - 8}" height="${height}" rx="3"/>${label}`
      + `<text x="${x}" y="${base + 20}" text-anchor="middle">${index * 10}</text></g>`;
  });
  const axis = `<line class="axis" x1="0" y1="${base + 0.5}" x2="${chart.width}" y2="${base + 0.5}"/><text x="${chart.width - margin}" y="${base + 20}" text-anchor="middle">100</text>`;
  const summary = bins.map((value, index) => `${index * 10} to ${index * 10 + 10}: ${value}`).join(', ');
  return figure(title, summary, base + 28, bars.join('') + axis);
}

function figure(title: string, summary: string, height: number, body: string): string {
  return `<figure><figcaption>${title}</figcaption><svg viewBox="0 0 ${chart.width} ${height}" role="img" aria-label="${htmlText(clip(`${title}: ${summary}`, 1_000))}">${body}</svg></figure>`;
}
