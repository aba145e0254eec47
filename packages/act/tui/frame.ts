import type { Incident } from '#model/incident.ts';
import type { Signal } from '#model/event.ts';
import { incidentBlock } from '../incident-pretty.ts';
import { duration, moment, say } from '../incident-words.ts';
import { columns, fit } from '../pretty/layout.ts';
import { makePen, type Pen } from '../pretty/pen.ts';
import { signalDetail } from '../signal-detail.ts';
import { cell, figure, sparkline, windowOf } from './line.ts';
import type { NoteView, SourceView, ViewModel } from './view-model.ts';
import { cursorOf, tabs, type Tab, type ViewState } from './view-state.ts';

/** Nobody watches what is a day old as if it were happening. */
const recording = 86_400_000;

export interface FrameSize {
  readonly width: number;
  readonly height: number;
}

const least = { width: 40, height: 8 } as const;
/** Rows of the list of incidents that are left to the last signals below it. */
const signalShare = 0.4;

interface Canvas {
  readonly pen: Pen;
  readonly color: boolean;
  readonly width: number;
}

/** The whole screen: exactly `height` lines, none wider than `width`. The same model and state give the same frame. */
export function frame(model: ViewModel, state: ViewState, size: FrameSize, color: boolean): readonly string[] {
  const { height, width } = size;
  const canvas: Canvas = { pen: makePen(color), color, width };
  if (width < least.width || height < least.height) {
    return Array.from({ length: Math.max(0, height) }, (_, at) => (at === 0 ? fit(`too small: ${least.width} by ${least.height} are needed`, Math.max(1, width)) : ''));
  }
  const head = [headLine(model, state, canvas), tabLine(model, state, canvas)];
  const foot = footLine(state, canvas);
  const room = height - head.length - 1;
  const body = state.help ? helpLines(canvas) : state.detail === undefined ? listLines(model, state, canvas, room) : detailLines(model, state, state.detail, canvas, room);
  return [...head, ...Array.from({ length: room }, (_, at) => body[at] ?? ''), foot];
}

/** Of a recording, the day that it has come to says more than how long ago that was. */
function lagText({ lag, now }: ViewModel): string {
  if (lag === undefined) return '';
  return lag > recording ? `at ${moment(now - lag)}` : `lag ${duration(Math.max(0, lag))}`;
}

function headLine(model: ViewModel, state: ViewState, { pen, width }: Canvas): string {
  const rate = `${figure(model.eventsPerSecond)} events/s`;
  const lag = lagText(model);
  const parts = [lag, `${figure(model.totals.records)} records`, `${figure(model.totals.rules)} rules`, model.totals.unreadable === 0 ? '' : `${figure(model.totals.unreadable)} unreadable`, model.totals.outbox === 0 ? '' : `${figure(model.totals.outbox)} to hand on`, `up ${duration(Math.max(0, model.now - model.started))}`];
  const name = state.paused ? ' watchward PAUSED ' : ' watchward ';
  let line = `${name} ${rate}`;
  const bars = sparkline(model.rates, Math.max(0, Math.min(30, width - columns(line) - 50)));
  if (bars !== '') line += ` ${bars}`;
  // What does not fit is left out whole, the least important last.
  for (const part of parts) if (part !== '' && columns(line) + columns(part) + 3 <= width) line += `   ${part}`;
  return pen.bold(cell(line, width));
}

const labels: Readonly<Record<Tab, string>> = { incidents: 'Incidents', signals: 'Signals', sources: 'Sources', notes: 'Notes' };

function tabLine(model: ViewModel, state: ViewState, { pen, width }: Canvas): string {
  const counts: Readonly<Record<Tab, number>> = { incidents: model.totals.incidents, signals: model.totals.signals, sources: model.sources.length, notes: model.notes.length };
  const room = Math.floor(width / tabs.length);
  return tabs.map((tab, at) => {
    const text = ` ${at + 1} ${labels[tab]} ${figure(counts[tab])}`;
    const marked = tab === state.tab ? `▸${text.slice(1)}` : text;
    const alarm = tab === 'notes' && model.notes.some(({ level }) => level === 'warning') || tab === 'sources' && model.sources.some((source) => source.state === 'failing');
    const fitted = cell(marked, room);
    return tab === state.tab ? pen.score.low(fitted) : alarm ? pen.alarm(fitted) : pen.dim(fitted);
  }).join('');
}

function footLine(state: ViewState, { pen, width }: Canvas): string {
  const keys = state.detail === undefined ? '↑↓ move  enter details  tab other list  space pause  ? help  q quit' : '↑↓ scroll  esc back  space pause  ? help';
  return pen.dim(fit(` ${keys}`, width));
}

function helpLines({ pen, width }: Canvas): readonly string[] {
  const rows = [
    ['↑ ↓  j k', 'move, or scroll in details'], ['page up, page down  u d', 'ten at once'], ['home, end  g G', 'first, last'], ['enter  l', 'details of an incident or signal'],
    ['esc  q', 'back'], ['tab  1 2 3 4', 'another list'], ['space  p', 'let the picture stand still; watching goes on'], ['q  ctrl-c', 'quit; what was found is kept'],
  ] as const;
  return ['', pen.bold(' Keys'), ...rows.map(([keys, text]) => fit(`  ${cell(keys, 26)}${text}`, width)), '', pen.dim(' any key goes back')];
}

function listLines(model: ViewModel, state: ViewState, canvas: Canvas, room: number): readonly string[] {
  const cursor = cursorOf(state, model);
  if (state.tab === 'signals') return scrolled(model.signals, cursor, room, (signal, marked) => signalRow(signal, marked, canvas), nothing('No signal yet.', canvas));
  if (state.tab === 'sources') return scrolled(model.sources, cursor, room, (source, marked) => sourceRow(source, marked, canvas), nothing('No source.', canvas));
  if (state.tab === 'notes') return scrolled(model.notes, cursor, room, (note, marked) => noteRow(note, marked, canvas), nothing('Nothing to note: all that came could be read.', canvas));
  const below = Math.max(3, Math.floor(room * signalShare));
  const incidents = scrolled(model.incidents, cursor, room - below, (incident, marked) => incidentRow(incident, marked, canvas), nothing('No incident. Signals that belong together appear here.', canvas));
  const filled = Array.from({ length: room - below }, (_, at) => incidents[at] ?? '');
  const title = canvas.pen.dim(fit(` Last signals ${'─'.repeat(canvas.width)}`, canvas.width).replace('…', '─'));
  const last = model.signals.slice(0, below - 1).map((signal) => signalRow(signal, false, canvas));
  return [...filled, title, ...(last.length === 0 ? nothing('No signal yet.', canvas) : last)];
}

function scrolled<T>(items: readonly T[], cursor: number, rows: number, draw: (item: T, marked: boolean) => string, empty: readonly string[]): readonly string[] {
  if (items.length === 0) return empty;
  const { from, to } = windowOf(items.length, cursor, rows);
  return items.slice(from, to).map((item, at) => draw(item, from + at === cursor));
}

function nothing(text: string, { pen, width }: Canvas): readonly string[] {
  return ['', pen.dim(fit(`  ${text}`, width))];
}

function incidentRow(incident: Incident, marked: boolean, { pen, width }: Canvas): string {
  const wide = width >= 80;
  const score = String(Math.round(incident.risk.score)).padStart(3);
  const when = moment(incident.last).slice(11, wide ? 19 : 16);
  const tail = wide ? `${cell(`${figure(incident.signals)} sig`, 10, 'right')}  ${when} ` : ` ${when} `;
  const state = cell(incident.state, 10);
  const severity = wide ? `${cell(incident.severity, 13)} ` : '';
  const title = cell(say(incident.title, 300), width - 2 - 5 - 1 - columns(severity) - 11 - columns(tail));
  const text = marked ? pen.bold(title) : title;
  return `${marked ? pen.bold('▸ ') : '  '}${pen.score[incident.severity](` ${score} `)} ${pen.severity[incident.severity](severity)}${incident.state === 'ongoing' ? pen.dim(state) : pen.alarm(state)} ${text}${pen.dim(tail)}`;
}

function signalRow(signal: Signal, marked: boolean, { pen, width }: Canvas): string {
  const score = String(Math.round(signal.risk.score)).padStart(3);
  const rule = width >= 100 ? `  ${cell(say(signal.rule, 120), 34)}` : '';
  const message = cell(say(signal.message, 400), width - 2 - 8 - 1 - 5 - 1 - columns(rule));
  return `${marked ? pen.bold('▸ ') : '  '}${pen.dim(moment(signal.time).slice(11))} ${pen.severity[signal.severity](` ${score} `)} ${marked ? pen.bold(message) : message}${pen.dim(rule)}`;
}

function sourceRow(source: SourceView, marked: boolean, { pen, width }: Canvas): string {
  const figures = `${cell(`${figure(source.records)} records`, 20, 'right')}${cell(`${figure(source.perSecond)}/s`, 11, 'right')}`;
  const bad = source.unreadable === 0 ? '' : ` ${figure(source.unreadable)} unreadable`;
  const id = cell(say(source.id, 300), width - 2 - 9 - (width >= 70 ? 31 : 0) - columns(bad));
  const state = cell(source.state, 9);
  const painted = source.state === 'failing' ? pen.alarm(state) : source.state === 'ended' ? pen.dim(state) : pen.good(state);
  return `${marked ? '▸ ' : '  '}${painted}${id}${width >= 70 ? figures : ''}${bad === '' ? '' : pen.alarm(bad)}`;
}

function noteRow(note: NoteView, marked: boolean, { pen, width }: Canvas): string {
  const often = note.count > 1 ? ` (${figure(note.count)} times)` : '';
  const text = fit(say(note.text, 600), width - 2 - 8 - 1 - 8 - columns(often)) + often;
  const level = cell(note.level, 8);
  return `${marked ? '▸ ' : '  '}${pen.dim(moment(note.time).slice(11))} ${note.level === 'warning' ? pen.alarm(level) : pen.dim(level)}${text}`;
}

function detailLines(model: ViewModel, state: ViewState, scroll: number, canvas: Canvas, room: number): readonly string[] {
  const at = cursorOf(state, model);
  const lines = detailOf(state.tab === 'incidents' ? model.incidents[at] : undefined, state.tab === 'signals' ? model.signals[at] : undefined, canvas);
  const from = Math.max(0, Math.min(scroll, lines.length - room));
  const shown = lines.slice(from, from + room);
  if (from + room >= lines.length) return shown;
  return [...shown.slice(0, room - 1), canvas.pen.dim(`  ↓ ${lines.length - from - room + 1} more lines`)];
}

function detailOf(incident: Incident | undefined, signal: Signal | undefined, { color, width }: Canvas): readonly string[] {
  if (incident !== undefined) return incidentBlock(incident, { color, width, form: 'long' }).trimEnd().split('\n');
  return signal === undefined ? ['It is gone.'] : signalDetail(signal, { color, width }).trimEnd().split('\n');
}
