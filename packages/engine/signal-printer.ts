import { toDetectionFinding } from '#act/signal-ocsf.ts';
import { signalLine } from '#act/signal-pretty.ts';
import type { Signal } from '#model/event.ts';
import { toolIdentity } from './identity.ts';

export const signalFormats = ['ocsf', 'pretty'] as const;
export type SignalFormat = (typeof signalFormats)[number];

/** How signals are printed, each as one line: for programs an OCSF detection finding, for a person a sentence. */
export function signalPrinter(format: SignalFormat): (signal: Signal) => string {
  if (format === 'pretty') return signalLine;
  const { name, version } = toolIdentity();
  return (signal) => JSON.stringify(toDetectionFinding(signal, { name, version }));
}
