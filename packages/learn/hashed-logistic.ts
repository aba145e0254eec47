import type { HashedModel } from '#model/unit.ts';

/**
 * Logistic regression over hashed features (Weinberger et al., 2009). A feature is a text; its bucket is a hash of it, so that a
 * model is nothing but one weight for each bucket.
 */

/** FNV-1a over UTF-16 code units, folded to a bucket. */
export function bucketOf(feature: string, size: number): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < feature.length; i++) {
    hash ^= feature.charCodeAt(i);
    hash = Math.imul(hash, 0x01000193);
  }
  hash ^= hash >>> 15;
  return hash & (size - 1);
}

/** Log-odds that the answer is yes. */
export function logOdds(model: HashedModel, features: readonly string[]): number {
  let sum = model.bias;
  for (const feature of features) sum += model.weights[bucketOf(feature, model.size)] as number;
  return sum;
}

export function probability(odds: number): number {
  return 1 / (1 + Math.exp(-odds));
}

export interface Example {
  readonly features: readonly string[];
  readonly positive: boolean;
  readonly weight: number;
}

export interface TrainingOptions {
  readonly size: number;
  readonly epochs: number;
  /** FTRL-Proximal (McMahan et al., 2013): learning rate, smoothing, and the two regularisers. */
  readonly alpha: number;
  readonly beta: number;
  readonly l1: number;
  readonly l2: number;
  /** Deterministic order of examples for each epoch. */
  readonly order: (epoch: number, length: number) => Uint32Array;
}

/** Fits a model by FTRL-Proximal; the same examples and order give the same weights. */
export function trainHashedLogistic(examples: readonly Example[], options: TrainingOptions): HashedModel {
  const { size, alpha, beta, l1, l2 } = options;
  const z = new Float64Array(size + 1);
  const n = new Float64Array(size + 1);
  const encoded = examples.map(({ features }) => Uint32Array.from(new Set([size, ...features.map((feature) => bucketOf(feature, size))])));
  const weightAt = (bucket: number): number => {
    const sum = z[bucket] as number;
    if (Math.abs(sum) <= l1) return 0;
    return -(sum - Math.sign(sum) * l1) / ((beta + Math.sqrt(n[bucket] as number)) / alpha + l2);
  };
  for (let epoch = 0; epoch < options.epochs; epoch++) {
    for (const at of options.order(epoch, examples.length)) {
      const buckets = encoded[at] as Uint32Array;
      const { positive, weight } = examples[at] as Example;
      let odds = 0;
      for (const bucket of buckets) odds += weightAt(bucket);
      const gradient = (probability(odds) - (positive ? 1 : 0)) * weight;
      for (const bucket of buckets) {
        const before = n[bucket] as number;
        const after = before + gradient * gradient;
        const sigma = (Math.sqrt(after) - Math.sqrt(before)) / alpha;
        z[bucket] = (z[bucket] as number) + gradient - sigma * weightAt(bucket);
        n[bucket] = after;
      }
    }
  }
  const weights = new Float32Array(size);
  for (let bucket = 0; bucket < size; bucket++) weights[bucket] = weightAt(bucket);
  return { size, bias: weightAt(size), weights };
}
