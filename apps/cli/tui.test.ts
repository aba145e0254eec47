import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ViewModel } from '#engine/live-view.ts';
import type { Terminal } from './terminal.ts';
import { startTui } from './tui.ts';

interface FakeTerminal extends Terminal {
  readonly written: string[];
  readonly raws: boolean[];
  readonly listeners: Map<string, (text: string) => void>;
  ready: boolean;
  width: number;
}

function fakeTerminal(): FakeTerminal {
  const listeners = new Map<string, (text: string) => void>();
  const on = (name: string) => (listener: (text: string) => void): (() => void) => {
    listeners.set(name, listener);
    return () => void listeners.delete(name);
  };
  const terminal: FakeTerminal = {
    written: [], raws: [], listeners, ready: true, width: 80,
    size: () => ({ width: terminal.width, height: 12 }),
    write: (text) => void terminal.written.push(text),
    writeNow: (text) => void terminal.written.push(text),
    raw: (state) => void terminal.raws.push(state),
    onInput: on('input'), onResize: on('resize'), onEnd: on('end'),
  };
  return terminal;
}

const empty: ViewModel = {
  now: 0, started: 0, eventsPerSecond: 0, rates: [], lag: undefined, totals: { records: 0, signals: 0, incidents: 0, unreadable: 0, rules: 0, outbox: 0 },
  sources: [], incidents: [], signals: [], notes: [],
};

describe('the live view', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('takes the screen and gives it back, once, with the keyboard', () => {
    const terminal = fakeTerminal();
    const tui = startTui(terminal, { color: false, model: () => empty, onQuit: () => undefined });
    expect(terminal.written[0]).toContain('\u001b[?1049h');
    expect(terminal.written[1]).toContain('watchward');
    tui.stop();
    tui.stop();
    expect(terminal.written.filter((text) => text.includes('\u001b[?1049l'))).toHaveLength(1);
    expect(terminal.written.at(-1)).toContain('\u001b[?25h');
    expect(terminal.raws).toEqual([true, false]);
    expect([...terminal.listeners.keys()]).toEqual([]);
  });

  it('gives it back when the process ends on its own or crashes', () => {
    const terminal = fakeTerminal();
    startTui(terminal, { color: false, model: () => empty, onQuit: () => undefined });
    terminal.listeners.get('end')?.('');
    expect(terminal.written.at(-1)).toContain('\u001b[?1049l');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('draws at most five pictures a second, and only lines that changed', () => {
    const terminal = fakeTerminal();
    let records = 0;
    const tui = startTui(terminal, { color: false, model: () => ({ ...empty, totals: { ...empty.totals, records: ++records } }), onQuit: () => undefined });
    const before = terminal.written.length;
    for (let at = 0; at < 40; at++) {
      terminal.listeners.get('input')?.('\t');
      vi.advanceTimersByTime(25);
    }
    const pictures = terminal.written.slice(before);
    expect(pictures.length).toBeGreaterThanOrEqual(4);
    expect(pictures.length).toBeLessThanOrEqual(5);
    for (const one of pictures) expect(one).not.toContain('\u001b[12;1H');
    tui.stop();
  });

  it('does not write to a terminal that is behind, and draws all of it again when the size changes', () => {
    const terminal = fakeTerminal();
    let records = 0;
    const tui = startTui(terminal, { color: false, model: () => ({ ...empty, totals: { ...empty.totals, records: ++records } }), onQuit: () => undefined });
    const before = terminal.written.length;
    terminal.ready = false;
    vi.advanceTimersByTime(1_000);
    expect(terminal.written.length).toBe(before);
    terminal.ready = true;
    terminal.width = 60;
    terminal.listeners.get('resize')?.('');
    vi.advanceTimersByTime(200);
    expect(terminal.written[before]).toContain('\u001b[2J');
    tui.stop();
  });

  it('tells once that a person wants to quit, and stands still when asked to', () => {
    const terminal = fakeTerminal();
    const onQuit = vi.fn<() => void>();
    const model = vi.fn<() => ViewModel>(() => empty);
    const tui = startTui(terminal, { color: false, model, onQuit });
    terminal.listeners.get('input')?.(' ');
    const asked = model.mock.calls.length;
    vi.advanceTimersByTime(1_000);
    expect(model.mock.calls.length).toBe(asked);
    terminal.listeners.get('input')?.('qq\u0003');
    expect(onQuit).toHaveBeenCalledTimes(1);
    tui.stop();
  });
});
