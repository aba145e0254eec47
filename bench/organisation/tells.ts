import { atLeast, severities } from '#model/severity.ts';
import type { Severity } from '#model/severity.ts';
import type { Told } from './watch.ts';

export function tellsAs({ signal }: Told, severity: Severity): boolean {
  return atLeast(severities, signal.severity, severity);
}
