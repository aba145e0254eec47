import type { Stop } from '#model/intake.ts';
import { ActError } from '../act-error.ts';

export function stopped(): ActError {
  return new ActError('stopped', 'handing on was stopped before the receiver had everything; it is handed on again at the next start');
}

/** Calls `cut` when the run should end; `release` when there is nothing left to cut. */
export function onStop(stop: Stop, cut: () => void): { release(): void } {
  if (stop.aborted) cut();
  else stop.addEventListener('abort', cut, { once: true });
  return { release: () => stop.removeEventListener('abort', cut) };
}
