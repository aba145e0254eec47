import { oftenOf } from '#formats/incident-deed.ts';
import { isoTime } from '#formats/iso-time.ts';
import { clip } from '#formats/clip.ts';
import { htmlText } from '#formats/html-text.ts';
import type { Incident, IncidentStep } from '#model/incident.ts';
import { duration, leadingEntities, moment, nextSteps, orderedStages, span, stageName } from '../incident-words.ts';
import type { Product } from '../signal-ocsf.ts';
import { documentPage } from './document.ts';
import { lanePanels } from './incident-lanes.ts';
import { incidentStyle } from './incident-style.ts';
import { style } from './style.ts';

/** Each sentence of a story begins with its time, and has a line of its own. */
const sentence = / (?<!\d\d-\d\d )(?=(?:\d\d-\d\d )?\d\d:\d\d |\(\d+ more between)/g;
const text = (foreign: string, limit = 2_000): string => htmlText(clip(foreign, limit));

/** The timeline of one incident as a page of its own: lanes, stages, evidence, risk. It needs no script. */
export function incidentPage(incident: Incident, product: Product): string {
  return documentPage({
    title: `Watchward: ${incident.title}`,
    style: style + incidentStyle,
    skip: 'Skip to the incident',
    header: pageHeader(incident, product),
    main: [summary(incident), timeline(incident), evidence(incident), takingPart(incident), why(incident)].filter((part) => part !== ''),
  });
}

function pageHeader({ id }: Incident, { version }: Product): string {
  return `<header><p class="mark">Watchward <span>${text(version, 40)}</span></p><p class="facts">Incident <code>${text(id, 100)}</code></p></header>`;
}

function summary(incident: Incident): string {
  const { confidence, first, last, risk, severity, signals, state, steps } = incident;
  const path = orderedStages(incident.stages).map((stage) => `<li>${stageName(stage)}</li>`).join('');
  const next = nextSteps(incident, 4).map((one) => `<li>${one}</li>`).join('');
  return `<section class="verdict incident ${severity}" aria-labelledby="title"><p class="state"><span class="chip ${severity}">${severity}</span> <b>${state}</b></p>
<h1 id="title">${text(incident.title, 300)}</h1>
<p class="facts"><time datetime="${isoTime(first)}">${span(first, last)}</time></p>
<ul class="tiles"><li class="${severity}"><b>${Math.round(risk.score)}</b> risk of 100</li><li><b>${steps.length}</b> ${steps.length === 1 ? 'step' : 'steps'}</li><li><b>${signals}</b> ${signals === 1 ? 'signal' : 'signals'}</li><li><b>${incident.entities.length}</b> involved</li><li><b>${confidence}</b> confidence</li></ul>
<p class="story">${text(incident.story, 6_000).replaceAll(sentence, '\n')}</p>
${path === '' ? '' : `<ol class="path" aria-label="Stages of the attack">${path}</ol>`}
<h2>What to do next</h2><ol class="next">${next}</ol></section>`;
}

function timeline({ steps }: Incident): string {
  if (steps.length === 0) return '';
  return `<section aria-labelledby="timeline"><h2 id="timeline">Who did what, when</h2><p class="note">One column a step, from left to right; times are UTC. A number marks who takes part.</p>${lanePanels(steps)}</section>`;
}

function evidence({ omitted, steps }: Incident): string {
  if (steps.length === 0) return '';
  const rest = omitted === 0 ? '' : `<p class="note">${omitted} more steps and participants were left out: the incident is larger than its limits.</p>`;
  return `<section aria-labelledby="evidence"><h2 id="evidence">Evidence</h2><ol class="evidence">${steps.map(evidenceItem).join('')}</ol>${rest}</section>`;
}

function evidenceItem(step: IncidentStep): string {
  const often = step.count === 1 ? '' : `<p class="note">${oftenOf(step)}${step.last > step.first ? ` in ${duration(step.last - step.first)}, until ${moment(step.last)}` : ''}</p>`;
  const stages = orderedStages(step.stages).map((stage) => stageName(stage)).join(', ');
  const techniques = step.techniques.slice(0, 20).map((id) => `<code>${text(id, 40)}</code>`).join(' ');
  const facts = [
    ['Stage', [stages, techniques].filter((part) => part !== '').join(' ')], ['Who and what', step.entities.slice(0, 30).map(({ kind, name }) => `${kind} <b>${text(name, 200)}</b>`).join(', ')],
    ['Belongs here by', text(step.joinedBy, 400)], ['Rule', `${text(step.title, 200)} <code>${text(step.rule, 200)}</code>`],
  ].filter(([, value]) => value !== '').map(([label, value]) => `<div><dt>${label}</dt><dd>${value}</dd></div>`).join('');
  return `<li class="${step.severity}"><p class="when"><time datetime="${isoTime(step.first)}">${moment(step.first)}</time> <span class="chip ${step.severity}">${step.severity}</span></p>`
    + `<p class="what">${text(step.message)}</p>${often}<dl>${facts}</dl></li>`;
}

function takingPart(incident: Incident): string {
  const rows = leadingEntities(incident, 200).map(({ kind, name, signals }) => `<tr><td>${kind}</td><td><code>${text(name, 400)}</code></td><td class="number">${signals}</td></tr>`);
  if (rows.length === 0) return '';
  return `<section aria-labelledby="involved"><h2 id="involved">Who and what is involved</h2><table class="plain"><thead><tr><th scope="col">Kind</th><th scope="col">Name</th><th scope="col" class="number">Signals</th></tr></thead><tbody>${rows.join('')}</tbody></table></section>`;
}

function why({ findings, risk }: Incident): string {
  const rows = risk.factors.map(({ detail, name, on, weight }) => `<tr><td>${text(detail, 400)}</td><td><code>${text(name, 100)}</code></td><td>${on}</td><td class="number">${weight}</td></tr>`);
  const related = findings.length === 0 ? '' : `<p>Findings of a scan on the same code or workload: ${findings.slice(0, 50).map((id) => `<code>${text(id, 16)}</code>`).join(' ')}</p>`;
  return `<section aria-labelledby="why"><h2 id="why">Why it is ranked ${Math.round(risk.score)}</h2><p class="note">Likelihood ${risk.likelihood}, impact ${risk.impact}: risk is their product of 100.</p>`
    + `<table class="plain"><thead><tr><th scope="col">Reason</th><th scope="col">Factor</th><th scope="col">Counts for</th><th scope="col" class="number">Weight</th></tr></thead><tbody>${rows.join('')}</tbody></table>${related}</section>`;
}
