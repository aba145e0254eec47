import { writeSync } from 'node:fs';
import process from 'node:process';
import { ReadStream } from 'node:tty';

/** A screen and a keyboard. Tests hand in their own. */
export interface Terminal {
  size(): { readonly width: number; readonly height: number };
  /** False while what was written has not left the process: do not draw more. */
  readonly ready: boolean;
  write(text: string): void;
  /** Leaves nothing in a buffer: the process may be about to end. */
  writeNow(text: string): void;
  /** Keys come one by one and unseen; without a keyboard nothing happens. */
  raw(on: boolean): void;
  onInput(listener: (text: string) => void): () => void;
  onResize(listener: () => void): () => void;
  /** Called when the process ends or crashes, before a stack is printed. */
  onEnd(listener: () => void): () => void;
}

export function processTerminal(): Terminal {
  const { stdin, stdout } = process;
  const keyboard = stdin instanceof ReadStream && stdin.isTTY ? stdin : undefined;
  return {
    size: () => ({ width: stdout.columns ?? 80, height: stdout.rows ?? 24 }),
    get ready() {
      return !stdout.writableNeedDrain;
    },
    write: (text) => void stdout.write(text),
    writeNow(text) {
      try {
        writeSync(1, text);
      } catch {
        // The terminal is gone, and with it what was to be put in order.
      }
    },
    raw(on) {
      try {
        keyboard?.setRawMode(on);
      } catch {
        // As above.
      }
    },
    onInput(listener) {
      if (keyboard === undefined) return () => undefined;
      const onData = (chunk: Buffer | string): void => listener(chunk.toString());
      keyboard.on('data', onData).resume();
      return () => void keyboard.off('data', onData).pause();
    },
    onResize(listener) {
      stdout.on('resize', listener);
      return () => void stdout.off('resize', listener);
    },
    onEnd(listener) {
      process.on('exit', listener);
      process.on('uncaughtExceptionMonitor', listener);
      return () => void process.off('exit', listener).off('uncaughtExceptionMonitor', listener);
    },
  };
}
