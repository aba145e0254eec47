/** Ordered scales shared by every stage. Order in the tuple is order of weight, lowest first. */
export const severities = ['informational', 'low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof severities)[number];

export const confidences = ['low', 'medium', 'high'] as const;
export type Confidence = (typeof confidences)[number];

/** `regular` is what everyone sees; `pedantic` adds weak signals; `auditor` adds everything worth a look. */
export const personas = ['regular', 'pedantic', 'auditor'] as const;
export type Persona = (typeof personas)[number];

export const surfaces = ['secrets', 'code', 'infra', 'pipeline', 'component', 'image', 'web', 'event'] as const;
export type Surface = (typeof surfaces)[number];

/** True when `value` weighs at least as much as `threshold` on the given scale. */
export function atLeast<T extends string>(scale: readonly T[], value: T, threshold: T): boolean {
  return scale.indexOf(value) >= scale.indexOf(threshold);
}
