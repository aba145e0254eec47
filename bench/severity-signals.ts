import { mappings } from '#generated/mappings.ts';
import { loadEventContent } from '#engine/content.ts';
import { loadEventRules } from '#engine/event-rules.ts';
import { EventStream } from '#engine/stream.ts';
import { atLeast, severities } from '#model/severity.ts';

export interface JudgedSignal {
  readonly rule: string;
  readonly atLeastMedium: boolean;
}

/** The whole line with the bundled rules: what is signalled on a raw record; with `inOrder`, also by rules that count over several. */
export function severitySignals({ inOrder = false } = {}): (record: unknown) => readonly JudgedSignal[] {
  const { rules, correlations } = loadEventRules(loadEventContent().sigma, []);
  const stream = new EventStream(inOrder ? { mappings, rules, correlations } : { mappings, rules });
  let sequence = 0;
  return (value) =>
    stream
      .push({ source: 'bench', sequence: ++sequence, value })
      .signals.map(({ rule, severity }) => ({ rule, atLeastMedium: atLeast(severities, severity, 'medium') }));
}
