import { frame, initialView, keysOf, pressed } from '#engine/live-view.ts';
import type { ViewModel, ViewState } from '#engine/live-view.ts';
import type { Terminal } from './terminal.ts';

export interface TuiOptions {
  readonly color: boolean;
  /** Made anew for each picture. */
  model(): ViewModel;
  /** A person wants to end; called once. Whoever started the view ends the watch and then calls `stop`. */
  onQuit(): void;
}

export interface Tui {
  /** Puts the screen back as it was. A second call does nothing. */
  stop(): void;
}

/** At most five pictures a second. */
const pause = 200;

/** Another screen, no cursor, no wrapping at the edge; and back again. */
const enter = '\u001b[?1049h\u001b[?25l\u001b[?7l';
const leave = '\u001b[?2026l\u001b[0m\u001b[?7h\u001b[?25h\u001b[?1049l';
/** Terminals that know synchronised output show the picture at once; others ignore these. */
const begin = '\u001b[?2026h';
const finish = '\u001b[?2026l';

/** Draws the live view until it is stopped. */
export function startTui(terminal: Terminal, options: TuiOptions): Tui {
  const view = new View(terminal, options);
  view.start();
  return view;
}

class View implements Tui {
  private readonly terminal: Terminal;
  private readonly options: TuiOptions;
  private readonly undo: (() => void)[] = [];
  private state: ViewState = initialView;
  private model: ViewModel;
  private drawn: readonly string[] = [];
  private drawnAt = 0;
  private timer: NodeJS.Timeout | undefined;
  private running = false;

  constructor(terminal: Terminal, options: TuiOptions) {
    this.terminal = terminal;
    this.options = options;
    this.model = options.model();
  }

  start(): void {
    this.running = true;
    // What puts the screen back stands ready before anything is changed.
    this.undo.push(this.terminal.onEnd(() => this.stop()));
    this.terminal.raw(true);
    this.terminal.write(enter);
    this.undo.push(this.terminal.onInput((text) => this.onInput(text)));
    this.undo.push(this.terminal.onResize(() => {
      this.drawn = [];
      this.soon();
    }));
    this.draw();
  }

  stop(): void {
    if (!this.running) return;
    this.running = false;
    clearTimeout(this.timer);
    this.terminal.writeNow(leave);
    this.terminal.raw(false);
    for (const undo of this.undo.splice(0)) undo();
  }

  private onInput(text: string): void {
    const before = this.state;
    for (const key of keysOf(text)) this.state = pressed(this.state, key, this.model);
    if (this.state.quit && !before.quit) this.options.onQuit();
    if (this.state !== before) this.soon();
  }

  /** At once when the last picture is old enough, else as soon as it is. */
  private soon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.draw(), Math.max(0, this.drawnAt + pause - performance.now()));
  }

  private draw(): void {
    if (!this.running) return;
    if (!this.state.paused) this.model = this.options.model();
    if (this.terminal.ready) this.show();
    this.drawnAt = performance.now();
    this.timer = setTimeout(() => this.draw(), pause);
  }

  /** Only the lines that changed, each cleared first: clearing after it would take what stands in the last column. */
  private show(): void {
    const lines = frame(this.model, this.state, this.terminal.size(), this.options.color);
    const whole = lines.length !== this.drawn.length;
    const changed = lines.flatMap((line, at) => (whole || line !== this.drawn[at] ? [`\u001b[${at + 1};1H\u001b[K${line}\u001b[0m`] : []));
    this.drawn = lines;
    if (changed.length > 0) this.terminal.write(`${begin}${whole ? '\u001b[2J' : ''}${changed.join('')}${finish}`);
  }
}
