import type { SarifLevel } from '#formats/sarif.ts';
import type { Confidence, Severity } from '#model/severity.ts';

export const levels: Readonly<Record<Severity, SarifLevel>> = {
  critical: 'error', high: 'error', medium: 'warning', low: 'note', informational: 'note',
};

/** GitHub reads a number: over 9.0 critical, from 7.0 high, from 4.0 medium, from 0.1 low. It has no informational. */
export const securitySeverities: Readonly<Record<Severity, string | undefined>> = {
  critical: '9.5', high: '8.0', medium: '5.5', low: '2.5', informational: undefined,
};

export const problemSeverities: Readonly<Record<Severity, string>> = {
  critical: 'error', high: 'error', medium: 'warning', low: 'recommendation', informational: 'recommendation',
};

export const precisions: Readonly<Record<Confidence, string>> = { high: 'high', medium: 'medium', low: 'low' };

/** Longest texts that are written; a rule or a message beyond them was not made for a reader. */
export const lengths = { short: 1_000, long: 4_000, edit: 65_536 } as const;
