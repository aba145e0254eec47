import { htmlText } from '#formats/html-text.ts';
import { clip } from '#formats/clip.ts';
import type { Finding } from '#model/finding.ts';
import type { Report } from '#model/report.ts';
import { severities } from '#model/severity.ts';
import { count } from '../coverage.ts';
import { findingState, type FindingState } from '../open-findings.ts';
import { shownPlace } from '../place.ts';
import { findingDetails } from './finding-details.ts';

const rowsShown = 2_000;

const stateWords: Readonly<Record<FindingState, string>> = {
  open: 'open', suppressed: 'suppressed', existing: 'in the baseline', below: 'below the thresholds',
};

/** Every finding, filterable; open ones first as the report ranks them. */
export function findingsSection(report: Report): string {
  const rows = report.findings
    .map((finding) => ({ finding, state: findingState(finding, report.run.threshold) }))
    .sort((a, b) => Number(b.state === 'open') - Number(a.state === 'open'));
  if (rows.length === 0) return '';
  const cut = rows.length > rowsShown
    ? `<p class="note">The first ${count(rowsShown)} of ${count(rows.length)} findings; the JSON report has them all.</p>` : '';
  return `<section aria-labelledby="findings"><h2 id="findings">Findings</h2>${cut}${filterForm(rows.map(({ state }) => state))}
<table role="table"><thead role="rowgroup"><tr role="row">${heads}</tr></thead><tbody role="rowgroup">
${rows.slice(0, rowsShown).map(({ finding, state }) => row(finding, state, report)).join('\n')}
</tbody></table></section>`;
}

const heads = [['risk', 'Risk'], ['severity', 'Severity'], ['', 'Finding'], ['place', 'Place'], ['', 'Fix'], ['', 'State']]
  .map(([key, word]) => (key === '' ? `<th role="columnheader" scope="col">${word}</th>`
    : `<th role="columnheader" scope="col" data-key="${key}"><span class="plain">${word}</span><button type="button" hidden>${word}</button></th>`))
  .join('');

function filterForm(states: readonly FindingState[]): string {
  const boxes = [...severities].reverse().map((severity) => (
    `<label><input type="checkbox" name="severity" value="${severity}" checked> ${severity}</label>`
  ));
  // What nobody has to act on is there to be asked for.
  const options = [...new Set(states)].map((state) => `<option value="${state}"${state === 'open' ? ' selected' : ''}>${stateWords[state]}</option>`);
  return `<form class="filter" hidden role="search" aria-label="Filter findings">
<label class="search">Search <input type="search" name="text" placeholder="path, rule, words" autocomplete="off"></label>
<fieldset><legend>Severity</legend>${boxes.join('')}</fieldset>
<label>State <select name="state"><option value="">all</option>${options.join('')}</select></label>
<output aria-live="polite"></output></form>`;
}

function row(finding: Finding, state: FindingState, report: Report): string {
  const { severity, risk } = finding;
  const place = htmlText(shownPlace(report.run, finding.location));
  const fix = finding.fix === undefined ? 'by hand' : `${finding.fix.disposition}${finding.fix.verified ? ', verified' : ''}`;
  return `<tr role="row" data-severity="${severity}" data-state="${state}" data-risk="${risk.score}" data-weight="${severities.indexOf(severity)}" data-place="${place}">`
    + cell('Risk', `<span class="risk ${severity}">${risk.score.toFixed(1)}</span>`)
    + cell('Severity', `<span class="chip ${severity}">${severity}</span>`)
    + cell('Finding', `<strong>${htmlText(clip(finding.title, 500))}</strong><p>${htmlText(clip(finding.consequence, 1_000))}</p>${findingDetails(finding)}`)
    + cell('Place', `<code>${place.replace(/[/:]/g, '$&<wbr>')}</code>`)
    + cell('Fix', fix)
    + `${cell('State', stateWords[state])}</tr>`;
}

/** The label shows when a narrow screen turns the row into a block. */
function cell(label: string, content: string): string {
  return `<td role="cell" data-label="${label}"><div>${content}</div></td>`;
}
