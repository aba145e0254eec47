const z = 1.96;

/** Between which shares the true one lies with 95 % (Wilson, 1927). */
export function wilson(seen: number, count: number): readonly [low: number, high: number] {
  if (count <= 0) return [0, 1];
  const middle = seen + (z * z) / (2 * count);
  const half = z * Math.sqrt((seen * (1 - seen)) / count + (z * z) / (4 * count * count));
  const whole = 1 + (z * z) / count;
  return [Math.max(0, (middle - half) / whole), Math.min(1, (middle + half) / whole)];
}
