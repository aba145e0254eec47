/** Functions that go with the laws of counts: gamma, beta, and the tails of the negative binomial and Erlang laws. */

const lanczos = [
  676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905, -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
] as const;

/** ln Γ(x) for x > 0 (Lanczos, g = 7). */
export function lnGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - lnGamma(1 - x);
  const base = x - 1;
  const sum = lanczos.reduce((total, one, index) => total + one / (base + index + 1), 0.9999999999998099);
  const top = base + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (base + 0.5) * Math.log(top) - top + Math.log(sum);
}

const mostSteps = 300;
const tiny = 1e-300;

/** The regularised incomplete beta function I_x(a, b), by its continued fraction (Lentz). */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(lnGamma(a + b) - lnGamma(a) - lnGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  return x < (a + 1) / (a + b + 2) ? (front * betaFraction(x, a, b)) / a : 1 - (front * betaFraction(1 - x, b, a)) / b;
}

function betaFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m <= mostSteps; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / awayFromZero(1 + even * d);
    c = awayFromZero(1 + even / c);
    value *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / awayFromZero(1 + odd * d);
    c = awayFromZero(1 + odd / c);
    value *= d * c;
    if (Math.abs(d * c - 1) < 1e-12) break;
  }
  return value;
}

function awayFromZero(value: number): number {
  return Math.abs(value) < tiny ? tiny : value;
}

/** The chance of `count` or more under the negative binomial law with this mean and size (its variance is mean + mean² / size). */
export function negativeBinomialTail(count: number, mean: number, size: number): number {
  if (count <= 0) return 1;
  return incompleteBeta(mean / (mean + size), count, size);
}

/** The chance of `sum` or more of the sum of `shape` independent exponential variables. */
export function erlangTail(sum: number, shape: number): number {
  let term = Math.exp(-Math.max(0, sum));
  let total = 0;
  for (let index = 0; index < shape; index += 1) {
    total += term;
    term *= sum / (index + 1);
  }
  return Math.min(1, total);
}

/** The regularised lower incomplete gamma function P(shape, x), by its series: exact to the last digits where it is small. */
export function lowerGamma(shape: number, x: number): number {
  if (x <= 0) return 0;
  let term = 1 / shape;
  let sum = term;
  for (let step = 1; step <= mostSteps && term > sum * 1e-12; step += 1) {
    term *= x / (shape + step);
    sum += term;
  }
  return Math.min(1, sum * Math.exp(shape * Math.log(x) - x - lnGamma(shape)));
}
