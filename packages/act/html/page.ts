import { htmlText } from '#formats/html-text.ts';
import type { Report } from '#model/report.ts';
import { count, diagnosticGroups, ledgerLines } from '../coverage.ts';
import { countBySeverity, openFindings } from '../open-findings.ts';
import { verdictOf } from '../verdict.ts';
import { chartsSection } from './charts.ts';
import { documentPage } from './document.ts';
import { findingsSection } from './findings-table.ts';
import { script } from './script.ts';
import { style } from './style.ts';

export function htmlPage(report: Report): string {
  const { headline } = verdictOf(report);
  return documentPage({
    title: `Watchward: ${headline} in ${report.run.target}`,
    style,
    script,
    skip: 'Skip to the report',
    header: pageHeader(report),
    main: [verdictSection(report), chartsSection(openFindings(report)), findingsSection(report), ledgerSection(report), aboutSection(report)],
  });
}

function pageHeader({ run, tool }: Report): string {
  const facts = [
    `<b>${htmlText(run.target)}</b>`,
    `<time datetime="${htmlText(run.startedAt)}">${htmlText(run.startedAt.slice(0, 16).replace('T', ' '))} UTC</time>`,
    ...(run.branch === undefined ? [] : [htmlText(run.branch)]),
    ...(run.commit === undefined ? [] : [`<code>${htmlText(run.commit.slice(0, 12))}</code>`]),
  ];
  return `<header><p class="mark">Watchward <span>${htmlText(tool.version)}</span></p><h1>Security report</h1><p class="facts">${facts.join(' · ')}</p></header>`;
}

function verdictSection(report: Report): string {
  const { coverage, explanation, headline, kind } = verdictOf(report);
  const open = openFindings(report);
  const tiles = countBySeverity(open).map(({ severity, count: number }) => (
    `<li class="${severity}"><b>${count(number)}</b> ${severity}</li>`
  ));
  const worst = open[0] === undefined ? '' : `<li><b>${Math.max(...open.map(({ risk }) => risk.score)).toFixed(1)}</b> highest risk</li>`;
  const alarm = coverage === 'COMPLETE' ? '' : ' role="alert"';
  return `<section class="verdict ${kind} ${coverage === 'COMPLETE' ? 'complete' : 'incomplete'}"${alarm} aria-labelledby="verdict">
<h2 id="verdict">${htmlText(headline)}</h2><p><b>${coverage}.</b> ${htmlText(explanation)}</p><ul class="tiles">${tiles.join('')}${worst}</ul></section>`;
}

function ledgerSection(report: Report): string {
  const lines = ledgerLines(report).map(({ label, text }) => `<div><dt>${label}</dt><dd>${htmlText(text)}</dd></div>`);
  const groups = diagnosticGroups(report.ledger).map(({ code, count: times, degraded, examples, kind, means }) => {
    const messages = examples.map(({ message }) => `<li>${htmlText(message.slice(0, 1_000))}</li>`).join('');
    const more = times > examples.length ? `<li class="note">${count(times - examples.length)} more</li>` : '';
    return `<tr><td class="${degraded ? 'alarm' : ''}">${kind}</td><td class="number">${count(times)}</td>`
      + `<td>${means} <code>${code}</code><ul>${messages}${more}</ul></td></tr>`;
  });
  const table = groups.length === 0 ? '<p>Nothing was skipped.</p>'
    : `<table class="ledger"><caption>What was not analysed or is worth knowing, and why</caption><thead><tr><th scope="col">Kind</th><th scope="col" class="number">Times</th><th scope="col">Reason</th></tr></thead><tbody>${groups.join('')}</tbody></table>`;
  return `<section aria-labelledby="ledger"><h2 id="ledger">Coverage</h2><dl class="figures">${lines.join('')}</dl>${table}</section>`;
}

function aboutSection({ run, tool }: Report): string {
  const facts = { program: tool.digest, content: tool.content, tree: run.treeHash };
  const lines = Object.entries(facts).map(([name, hash]) => `<div><dt>${name}</dt><dd><code>${htmlText(hash)}</code></dd></div>`);
  const { confidence, persona, severity } = run.threshold;
  return `<section aria-labelledby="about"><h2 id="about">About this report</h2>
<p>Thresholds: severity ${severity}, confidence ${confidence}, persona ${persona}. This file loads nothing and sends nothing.</p><dl class="hashes">${lines.join('')}</dl></section>`;
}
