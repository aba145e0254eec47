import type { Reliability } from '#model/model-card.ts';

const bins = 10;

/** Chances that a model gave, in ten bins, beside how often what it said came. */
export function reliabilityOf(title: string, cases: readonly { readonly said: number; readonly was: boolean }[]): Reliability {
  const sums = Array.from({ length: bins }, () => ({ said: 0, seen: 0, count: 0 }));
  for (const { said, was } of cases) {
    const bin = sums[Math.min(bins - 1, Math.floor(said * bins))];
    if (bin === undefined) continue;
    bin.said += said;
    bin.seen += was ? 1 : 0;
    bin.count += 1;
  }
  return { title, scale: 'linear', points: sums.filter(({ count }) => count > 0).map(({ said, seen, count }) => ({ said: said / count, seen: seen / count, count })) };
}

/** For surprises: the share of events that a surprise of `s` promises, 10^-s, beside the share that reached it. */
export function reliabilityOfSurprises(title: string, surprises: readonly number[], levels: readonly number[] = [0.5, 1, 1.5, 2, 2.5, 3, 4]): Reliability {
  const count = surprises.length;
  const points = levels.map((level) => ({ said: 10 ** -level, seen: surprises.filter((surprise) => surprise >= level).length / Math.max(1, count), count }));
  return { title, scale: 'log', points };
}
