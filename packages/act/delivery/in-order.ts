import type { Notice } from '#model/sink.ts';
import { ActError } from '../act-error.ts';

/** Hands notices on one after the other; an error says how many the receiver had before it. */
export async function inOrder(notices: readonly Notice[], deliver: (notice: Notice) => Promise<void>): Promise<void> {
  for (const [at, notice] of notices.entries()) {
    try {
      await deliver(notice);
    } catch (error) {
      throw error instanceof ActError ? error.after(at) : error;
    }
  }
}

/** For receivers that take many at once. */
export async function inChunks(notices: readonly Notice[], size: number, deliver: (chunk: readonly Notice[]) => Promise<void>): Promise<void> {
  for (let at = 0; at < notices.length; at += size) {
    try {
      await deliver(notices.slice(at, at + size));
    } catch (error) {
      throw error instanceof ActError ? error.after(at + error.delivered) : error;
    }
  }
}
