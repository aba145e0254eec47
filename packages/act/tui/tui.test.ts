import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyIncident, anyNotice } from '../notice.arbitrary.ts';
import { columns } from '../pretty/layout.ts';
import { hostileText } from '../report.arbitrary.ts';
import { sampleIncident, sampleSignal, sampleStart } from '../sample-notices.ts';
import { frame } from './frame.ts';
import { keysOf, type Key } from './keys.ts';
import { figure, sparkline, windowOf } from './line.ts';
import type { ViewModel } from './view-model.ts';
import { cursorOf, initialView, pressed, tabs, type ViewState } from './view-state.ts';

const model: ViewModel = {
  now: sampleStart + 3_600_000, started: sampleStart, eventsPerSecond: 9_812, rates: [1, 5, 9, 12], lag: 340,
  totals: { records: 12_345_678, signals: 214, incidents: 3, unreadable: 3, rules: 3_780, outbox: 0 },
  sources: [{ id: 'file:/var/log/audit.log', state: 'reading', records: 1_000, unreadable: 2, perSecond: 90 }],
  incidents: ['one', 'two', 'three'].map((id, at) => sampleIncident({ id, title: `Incident ${id}`, risk: { ...sampleIncident().risk, score: 90 - at * 10 } })),
  signals: Array.from({ length: 30 }, (_, at) => sampleSignal({ message: `signal ${at}` })),
  notes: [{ time: sampleStart, level: 'warning', text: 'a record could not be read', count: 3 }],
};

const after = (keys: readonly Key[], state: ViewState = initialView): ViewState => keys.reduce((at, key) => pressed(at, key, model), state);
const picture = (state: ViewState = initialView, width = 90, height = 16): readonly string[] => frame(model, state, { width, height }, false);

const anyModel: fc.Arbitrary<ViewModel> = fc.record({
  incidents: fc.array(anyIncident, { maxLength: 4 }), notices: fc.array(anyNotice, { maxLength: 6 }), text: hostileText, figures: fc.array(fc.nat({ max: 1e9 }), { minLength: 6, maxLength: 6 }),
}).map(({ figures: [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0], incidents, notices, text }) => ({
  now: a, started: b, eventsPerSecond: c, rates: [a, b, c, d], lag: d - e, totals: { records: a, signals: b, incidents: c, unreadable: d, rules: e, outbox: f }, incidents,
  sources: [{ id: text, state: 'failing', records: a, unreadable: b, perSecond: c }], signals: notices.flatMap((notice) => (notice.kind === 'signal' ? [notice.signal] : [])),
  notes: [{ time: a, level: 'warning', text, count: b }],
}));
const anyKey: fc.Arbitrary<Key> = fc.oneof(fc.constantFrom<Key>('up', 'down', 'page-down', 'page-up', 'home', 'end', 'enter', 'escape', 'tab', 'back-tab', 'left', 'right'), fc.constantFrom(...'jkgGudlph? 1234').map((text) => ({ text })));

describe('the picture', () => {
  it('shows rate, lag, totals, incidents by risk and the last signals', () => {
    const lines = picture();
    expect(lines[0]).toMatch(/^ watchward {2}9,812 events\/s [▁-█]{4} {3}lag 340 ms {3}12,345,678 records {3}3,780 rules/);
    expect(frame({ ...model, lag: 90 * 86_400_000 }, initialView, { width: 90, height: 16 }, false)[0]).toMatch(/ {3}at \d{4}-\d\d-\d\d \d\d:\d\d:\d\d {3}/);
    expect(lines[1]).toMatch(/^▸1 Incidents 3 +2 Signals 214 +3 Sources 1 +4 Notes 1/);
    expect(lines[2]).toMatch(/^▸ {3}90 {2}critical +new +Incident one/);
    expect(lines[4]).toContain('Incident three');
    expect(lines.findIndex((line) => line.startsWith(' Last signals'))).toBeGreaterThan(4);
    expect(lines.join('\n')).toContain('signal 0');
    expect(lines.at(-1)).toContain('q quit');
  });

  it('shows each list, details that scroll, and help', () => {
    expect(picture(after([{ text: '2' }])).join('\n')).toContain('signal 9');
    expect(picture(after([{ text: '3' }])).join('\n')).toMatch(/reading +file:\/var\/log\/audit\.log +1,000 records +90\/s 2 unreadable/);
    expect(picture(after([{ text: '4' }])).join('\n')).toContain('warning a record could not be read (3 times)');
    expect(picture(after(['down', 'enter'])).join('\n')).toMatch(/Incident two.*What happened.*more lines/s);
    expect(picture(after(['enter', 'end'])).join('\n')).toMatch(/What to do next.*1\. /s);
    expect(picture(after([{ text: '2' }, 'down', 'enter'])).join('\n')).toContain('signal 1');
    expect(picture(after([{ text: '?' }])).join('\n')).toContain('let the picture stand still');
  });

  it('says so when there is no room', () => expect(picture(initialView, 30, 5)).toEqual(['too small: 40 by 8 are needed', '', '', '', '']));

  it('fills its size and nothing more, whatever is shown, and acts on nothing', () => {
    fc.assert(fc.property(anyModel, fc.array(anyKey, { maxLength: 12 }), fc.integer({ min: 1, max: 160 }), fc.integer({ min: 1, max: 40 }), (any, keys, width, height) => {
      const state = keys.reduce((at, key) => pressed(at, key, any), initialView);
      const plain = frame(any, state, { width, height }, false);
      expect(plain.length).toBe(height);
      for (const line of plain) {
        expect(columns(line)).toBeLessThanOrEqual(width);
        expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      }
      expect(frame(any, state, { width, height }, true).map((line) => line.replaceAll(/\u001b\[[\d;]*m/g, ''))).toEqual(plain);
    }), { numRuns: 150 });
  });
});

describe('keys', () => {
  it('are read from what terminals send', () => {
    expect(keysOf('\u001b[A\u001bOBj\r\u001b\u0003\u001b[200~\u001b[1;5Cé')).toEqual(['up', 'down', { text: 'j' }, 'enter', 'escape', 'interrupt', { text: 'é' }]);
  });

  it('never fail', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (sent) => {
      expect(() => keysOf(sent)).not.toThrow();
    }));
  });

  it('move inside the lists, turn them, open and close', () => {
    expect(cursorOf(after(['down', 'down', 'down', 'down']), model)).toBe(2);
    expect(cursorOf(after(['up']), model)).toBe(0);
    expect(after(['tab', 'tab', 'back-tab']).tab).toBe('signals');
    expect(after(['back-tab']).tab).toBe(tabs.at(-1));
    expect(after(['enter', 'down', 'escape']).detail).toBeUndefined();
    expect(after(['enter', { text: 'q' }])).toMatchObject({ detail: undefined, quit: false });
    expect(after([{ text: 'q' }]).quit).toBe(true);
    expect(after(['enter', 'interrupt']).quit).toBe(true);
    expect(after([{ text: ' ' }]).paused).toBe(true);
  });

  it('keep the cursor on its incident when the ranking changes', () => {
    const state = after(['down']);
    const turned = { ...model, incidents: [...model.incidents].reverse() };
    expect(turned.incidents[cursorOf(state, turned)]?.id).toBe('two');
    expect(cursorOf(state, { ...model, incidents: model.incidents.slice(0, 1) })).toBe(0);
  });
});

describe('parts', () => {
  it('draw figures, bars and windows', () => {
    expect([figure(0), figure(1_234_567.4)]).toEqual(['0', '1,234,567']);
    expect(sparkline([0, 1, 2, 4], 3)).toBe('▂▄█');
    expect(windowOf(100, 50, 10)).toEqual({ from: 45, to: 55 });
    expect(windowOf(3, 2, 10)).toEqual({ from: 0, to: 3 });
  });
});
