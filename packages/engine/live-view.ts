/** The live view of a watch, for whoever draws it: what it shows, what keys do, and the picture. */
export { frame, type FrameSize } from '#act/tui/frame.ts';
export { keysOf, type Key } from '#act/tui/keys.ts';
export type { NoteView, SourceView, ViewModel } from '#act/tui/view-model.ts';
export { initialView, pressed, type ViewState } from '#act/tui/view-state.ts';
