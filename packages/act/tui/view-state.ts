import type { Key } from './keys.ts';
import type { ViewModel } from './view-model.ts';

export const tabs = ['incidents', 'signals', 'sources', 'notes'] as const;
export type Tab = (typeof tabs)[number];

/** What a person looks at. */
export interface ViewState {
  readonly tab: Tab;
  /** The place of the cursor in each list. */
  readonly cursor: Readonly<Record<Tab, number>>;
  /** The incident under the cursor: it stays there when the ranking changes. */
  readonly incident: string | undefined;
  /** Lines scrolled in the details; undefined when the list is shown. */
  readonly detail: number | undefined;
  readonly help: boolean;
  /** What is shown stands still; the watch goes on. */
  readonly paused: boolean;
  readonly quit: boolean;
}

export const initialView: ViewState = {
  tab: 'incidents', cursor: { incidents: 0, signals: 0, sources: 0, notes: 0 }, incident: undefined, detail: undefined, help: false, paused: false, quit: false,
};

const page = 10;
const far = 1_000_000;

const steps: ReadonlyMap<Key, number> = new Map<Key, number>([['up', -1], ['down', 1], ['page-up', -page], ['page-down', page], ['home', -far], ['end', far]]);
const letters: ReadonlyMap<string, number> = new Map([['k', -1], ['j', 1], ['g', -far], ['G', far], ['u', -page], ['d', page]]);

/** The next state after a key. Nothing but the lists of the model is looked at. */
export function pressed(state: ViewState, key: Key, model: ViewModel): ViewState {
  if (key === 'interrupt') return { ...state, quit: true };
  if (state.help) return { ...state, help: false };
  const step = typeof key === 'string' ? steps.get(key) : letters.get(key.text);
  if (step !== undefined) return moved(state, step, model);
  if (typeof key !== 'string') return typed(state, key.text, model);
  if (key === 'enter' || key === 'right') return opened(state, model);
  if (key === 'escape' || key === 'left') return { ...state, detail: undefined };
  return turned(state, key === 'back-tab' ? -1 : 1);
}

function typed(state: ViewState, text: string, model: ViewModel): ViewState {
  const tab = tabs[Number(text) - 1];
  if (tab !== undefined) return { ...state, tab, detail: undefined };
  if (text === 'q') return state.detail === undefined ? { ...state, quit: true } : { ...state, detail: undefined };
  if (text === '?' || text === 'h') return { ...state, help: true };
  if (text === 'p' || text === ' ') return { ...state, paused: !state.paused };
  return text === 'l' ? opened(state, model) : state;
}

function turned(state: ViewState, by: number): ViewState {
  const tab = tabs[(tabs.indexOf(state.tab) + by + tabs.length) % tabs.length] ?? 'incidents';
  return { ...state, tab, detail: undefined };
}

function moved(state: ViewState, by: number, model: ViewModel): ViewState {
  if (state.detail !== undefined) return { ...state, detail: Math.max(0, Math.min(far, state.detail + by)) };
  const at = Math.max(0, Math.min(model[state.tab].length - 1, cursorOf(state, model) + by));
  return { ...state, cursor: { ...state.cursor, [state.tab]: at }, incident: state.tab === 'incidents' ? model.incidents[at]?.id : state.incident };
}

function opened(state: ViewState, model: ViewModel): ViewState {
  const open = (state.tab === 'incidents' || state.tab === 'signals') && model[state.tab].length > 0 && state.detail === undefined;
  if (!open) return state;
  return { ...state, detail: 0, incident: state.tab === 'incidents' ? model.incidents[cursorOf(state, model)]?.id : state.incident };
}

/** Where the cursor stands in the list as it is now. */
export function cursorOf(state: ViewState, model: ViewModel): number {
  const last = Math.max(0, model[state.tab].length - 1);
  if (state.tab === 'incidents' && state.incident !== undefined) {
    const at = model.incidents.findIndex(({ id }) => id === state.incident);
    if (at >= 0) return at;
  }
  return Math.min(last, state.cursor[state.tab]);
}
