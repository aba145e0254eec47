import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Reliability } from '#model/model-card.ts';
import { hoursOfWeek } from '#model/plot.ts';
import type { SeriesPlot, WeekPlot } from '#model/plot.ts';
import { anyIncident, noticeAttacks } from '../notice.arbitrary.ts';
import { columns } from '../pretty/layout.ts';
import { sampleIncident } from '../sample-notices.ts';
import { incidentLanes } from './incident-lanes-text.ts';
import { wilson } from './interval.ts';
import { plotPage } from './plot-page.ts';
import { reliabilityFigure, reliabilityText } from './reliability.ts';
import { linear, logarithmic, short, timeline } from './scale.ts';
import { seriesFigure } from './series.ts';
import { seriesText } from './series-text.ts';
import { weekFigure } from './week.ts';
import { weekText } from './week-text.ts';

const start = Date.UTC(2026, 5, 1);
const hour = 3_600_000;
const look = { color: false, width: 100 };

function series(change: Partial<SeriesPlot> = {}): SeriesPlot {
  const points = Array.from({ length: 48 }, (_, at) => ({ time: start + at * hour, value: at === 30 ? 90 : at === 40 ? 1 : 40 + (at % 5), low: at < 5 ? NaN : 35, high: at < 5 ? NaN : 50, surprise: at === 30 ? 4.2 : at === 40 ? 3.1 : 0.2 }));
  return { title: 'Requests', unit: 'req/s', points, marked: 3, ...change };
}

function week(): WeekPlot {
  const hours = Array.from({ length: hoursOfWeek }, (_, at) => ({ count: at % 24 === 10 ? 5 : at === 3 ? 2 : 0, usual: at % 24 === 10 ? 0.9 : 0, surprise: at === 3 ? 2.4 : 0 }));
  return { title: 'user mira', start, hours, days: 63, marked: 2 };
}

const reliability: Reliability = { title: 'Chances', scale: 'log', points: [{ said: 0.1, seen: 0.1, count: 10_000 }, { said: 0.01, seen: 0.05, count: 10_000 }, { said: 0.001, seen: 0, count: 10_000 }] };

/** Nothing in it can be asked for, run or laid out wrongly. */
function whole(html: string): void {
  expect(html).not.toMatch(/<script|javascript:|src=|NaN|Infinity|undefined/);
}

describe('scales', () => {
  it('have round ticks within their range', () => {
    expect(linear([0, 97], [0, 100]).ticks).toEqual([0, 20, 40, 60, 80]);
    expect(logarithmic([0.0004, 1], [0, 100]).ticks).toEqual([0.0001, 0.001, 0.01, 0.1, 1]);
    const time = timeline([start, start + 7 * 24 * hour], [0, 100], 8);
    expect(time.ticks.map((tick) => time.label(tick))).toEqual(['06-01', '06-02', '06-03', '06-04', '06-05', '06-06', '06-07', '06-08']);
  });

  it('write numbers short', () => {
    expect([0, 0.5, 12.345, 1_234, 45_678, 2.5e6, 1e-5, 0.00012, -3].map(short)).toEqual(['0', '0.5', '12.3', '1,234', '45.7 k', '2.5 M', '1e-5', '1.2e-4', '−3']);
  });

  it('know how much a share can be believed', () => {
    expect(wilson(0.5, 100).map((edge) => Number(edge.toFixed(3)))).toEqual([0.404, 0.596]);
    expect(wilson(0, 0)).toEqual([0, 1]);
  });
});

describe('a series', () => {
  it('shows its band and marks what was odd by where it went', () => {
    const html = seriesFigure(series());
    whole(html);
    expect(html.match(/class="odd"/g)).toHaveLength(2);
    expect(html).toContain('2026-06-02 06:00:00 UTC: 90 req/s, expected 35 to 50; surprise 4.2');
    expect(html.match(/class="band"/g)).toHaveLength(1);
    const text = seriesText(series(), look);
    expect(text).toContain('▲ 2026-06-02 06:00:00 UTC: 90 req/s');
    expect(text).toContain('▼ 2026-06-02 16:00:00 UTC: 1 req/s');
  });

  it('says of what is odd within its band that it is, points the same way everywhere, and leaves out what is no news', () => {
    const points = series().points.map((point, at) => (at === 30 ? { ...point, value: 37 } : at === 31 ? { ...point, surprise: 4, news: false } : point));
    const text = seriesText(series({ points }), look);
    expect(text).toContain('▼ 2026-06-02 06:00:00 UTC: 37 req/s, seldom seen, though within the 35 to 50 of this hour; surprise 4.2');
    expect(text).toContain('2 of them with a surprise of 3 or more (once in 1,000 values); what lasts counts once');
    expect(seriesFigure(series({ points })).match(/class="odd"/g)).toHaveLength(2);
  });

  it('breaks its line where nothing came', () => {
    const points = series().points.filter((_, at) => at < 10 || at > 25);
    expect(seriesFigure(series({ points })).match(/class="value"/g)).toHaveLength(2);
  });

  it('stays within its width and page, whatever the values and the words', () => {
    const point = fc.record({ time: fc.integer({ min: 0, max: 4e12 }), value: fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 }), low: fc.double(), high: fc.double(), surprise: fc.double({ min: 0, max: 20, noNaN: true }) });
    fc.assert(fc.property(fc.array(point, { maxLength: 60 }), fc.constantFrom(...noticeAttacks), fc.integer({ min: 50, max: 140 }), (points, title, width) => {
      const plot = series({ points: points.sort((a, b) => a.time - b.time), title, unit: title });
      const html = seriesFigure(plot);
      expect(html.replaceAll(/<title>.*?<\/title>|<figcaption>.*?<\/figcaption>|aria-label="[^"]*"|<text class="axis-name".*?<\/text>|<details>.*<\/details>/gs, '')).not.toMatch(/<script|NaN|Infinity/);
      expect(html).not.toContain('<script');
      const drawn = seriesText(plot, { color: false, width }).split('\n').filter((line) => /[┤│└]/.test(line));
      for (const line of drawn) expect(columns(line)).toBeLessThanOrEqual(width);
    }), { numRuns: 60 });
  });
});

describe('a week', () => {
  it('shows each hour over how usual it is, and marks the odd ones by their shape', () => {
    const html = weekFigure(week());
    whole(html);
    expect(html.match(/<rect class="shade\d" x="\d+(?:\.\d+)?" y="\d+" width="36"/g)).toHaveLength(hoursOfWeek);
    expect(html).toContain('Monday 2026-06-01 03 h UTC: 2 events, surprise 2.4; active in 0 % of weeks');
    const text = weekText(week(), look);
    expect(text.match(/●/g)).toHaveLength(7 + 1);
    expect(text.split('\n').find((line) => line.includes('Mon 06-01'))).toMatch(/^ {2}Mon 06-01 {8}◆/);
    expect(text).toContain('1 of these hours is odd');
  });
});

describe('a reliability plot', () => {
  it('says which promises hold and which do not', () => {
    whole(reliabilityFigure(reliability));
    expect(reliabilityFigure(reliability).match(/class="(?:off|held|fewer)"/g)).toEqual(['class="held"', 'class="off"', 'class="fewer"']);
    expect(reliabilityFigure({ ...reliability, scale: 'linear' }).match(/class="off"/g)).toHaveLength(2);
    const lines = reliabilityText(reliability, look).split('\n');
    expect(lines.slice(2, 5).map((line) => line.trimEnd().split(' ').at(-1))).toEqual(['holds', 'more', 'fewer']);
  });
});

describe('lanes of an incident', () => {
  it('show who takes part in which step, with the stages above', () => {
    const text = incidentLanes(sampleIncident(), look);
    expect(text).toMatch(/Access|Exfil/);
    expect(text).toMatch(/user mira +[◆●○]/);
  });

  it('are text inside their width, whatever the incident says', () => {
    fc.assert(fc.property(anyIncident, fc.integer({ min: 60, max: 200 }), (incident, width) => {
      const text = incidentLanes(incident, { color: false, width });
      expect(text).not.toMatch(/[\p{Cf}\p{Zl}\p{Zp}]|(?!\n)\p{Cc}/u);
      for (const line of text.split('\n')) expect(columns(line)).toBeLessThanOrEqual(Math.max(width, 72));
    }), { numRuns: 60 });
  });
});

describe('a page of plots', () => {
  it('asks for nothing and says foreign text as text', () => {
    for (const attack of noticeAttacks) {
      const html = plotPage({ title: attack, about: attack, sections: [] }, { name: 'watchward', version: '1' });
      expect(html).toContain("default-src 'none'");
      expect(html).not.toMatch(/<script|<img|\son\w+=/i);
    }
  });
});
