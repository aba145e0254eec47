import { clip } from '#formats/clip.ts';
import { htmlText } from '#formats/html-text.ts';
import { isWebUrl } from '#formats/uri.ts';
import type { Finding } from '#model/finding.ts';

const stepsShown = 100;
const text = (value: string, limit = 1_000): string => htmlText(clip(value, limit));

/** Why a finding is believed, what its risk is made of, and what to do: folded until asked for, open in print. */
export function findingDetails(finding: Finding): string {
  return `<details><summary>Why and what to do</summary>
<p>${text(finding.message)}</p>
${evidenceList(finding)}${factorTable(finding)}
<p><b>What to do:</b> ${text(finding.remediation)}</p>
${fixBlock(finding)}${flowList(finding)}${suppressionLine(finding)}${identityLine(finding)}</details>`;
}

function evidenceList({ evidence }: Finding): string {
  if (evidence.length === 0) return '';
  return `<ul>${evidence.map(({ detail, factor }) => `<li>${text(detail)} <code>${text(factor)}</code></li>`).join('')}</ul>`;
}

function factorTable({ risk }: Finding): string {
  const rows = risk.factors.map(({ detail, name, on, weight }) => (
    `<tr><td>${text(detail)} <code>${text(name)}</code></td><td>${on}</td><td class="number">${on === 'impact' ? `× ${weight}` : signed(weight)}</td></tr>`
  ));
  const formula = `100 × likelihood ${risk.likelihood} × impact ${risk.impact} = <b>${risk.score.toFixed(1)}</b>`;
  return `<table class="factors"><caption>Risk: ${formula}</caption>
<thead><tr><th scope="col">Factor</th><th scope="col">On</th><th scope="col" class="number">Weight</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function signed(weight: number): string {
  return `${weight < 0 ? '−' : '+'}${Math.abs(weight)}`;
}

function fixBlock({ fix }: Finding): string {
  if (fix === undefined) return '';
  const edits = fix.edits.map(({ region, text: inserted }) => (
    `<li>line ${region.startLine}, column ${region.startColumn} to line ${region.endLine}, column ${region.endColumn}: <code>${text(inserted, 2_000)}</code></li>`
  ));
  return `<p><b>Fix (${fix.disposition}${fix.verified ? ', verified' : ''}):</b> ${text(fix.title)}</p><ul>${edits.join('')}</ul>`;
}

function flowList({ codeFlow = [] }: Finding): string {
  if (codeFlow.length === 0) return '';
  const steps = codeFlow.slice(0, stepsShown).map(({ location, message, code }) => (
    `<li><code>${text(location.path)}:${location.region.startLine}</code> ${text(message)}${code === undefined ? '' : `<br><code>${text(code)}</code>`}</li>`
  ));
  const cut = codeFlow.length > stepsShown ? `<p class="note">The first ${stepsShown} of ${codeFlow.length} steps.</p>` : '';
  return `<p><b>Flow:</b></p><ol>${steps.join('')}</ol>${cut}`;
}

function suppressionLine({ suppression }: Finding): string {
  if (suppression === undefined) return '';
  const owner = suppression.owner === undefined ? '' : `, by ${text(suppression.owner)}`;
  const until = suppression.until === undefined ? ', without an end' : `, until ${text(suppression.until)}`;
  return `<p><b>Suppressed</b> (${suppression.kind}${owner}${until}): ${text(suppression.reason)}</p>`;
}

function identityLine({ cwe, fingerprint, references, rule }: Finding): string {
  const links = references.filter(isWebUrl).map((url) => `<a href="${htmlText(url)}" rel="noreferrer noopener">${text(url, 80)}</a>`);
  const parts = [`<code>${text(rule)}</code>`, ...cwe.map((number) => `CWE-${number}`), ...links, `fingerprint <code>${text(fingerprint.slice(0, 16))}</code>`];
  return `<p class="note">${parts.join(' · ')}</p>`;
}
