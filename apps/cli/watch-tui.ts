import type { Invocation } from './command.ts';
import { WatchView } from './watch-view.ts';

export interface LiveView {
  readonly shown: WatchView;
  /** Aborted when a person wants to end. */
  readonly quit: AbortSignal;
  stop(): void;
}

/** The live view on this process's own terminal. */
export async function startLiveView({ io }: Invocation): Promise<LiveView> {
  const [{ startTui }, { processTerminal }, { loadEventContent }] = await Promise.all([import('./tui.ts'), import('./terminal.ts'), import('#engine/content.ts')]);
  const bundled = loadEventContent().sigma.length;
  const shown = new WatchView(() => io.now().getTime(), () => bundled);
  const quit = new AbortController();
  const tui = startTui(processTerminal(), { color: io.color.stdout, model: () => shown.model(), onQuit: () => quit.abort() });
  return { shown, quit: quit.signal, stop: () => tui.stop() };
}
