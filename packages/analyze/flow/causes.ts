import type { CodeSpan, FlowMatch } from '#model/program.ts';
import type { Node } from './graph.ts';

/** A flow, how many see it (0: everybody), where its input comes in, and whether its sink is of the lesser kind. */
export interface RankedFlow {
  readonly rank: number;
  readonly origin: Node;
  /** What reaches the sink, whatever it is called there. */
  readonly value: Node;
  lesser: boolean;
  /** Flows with the same one have one remedy. */
  readonly cause?: string;
  readonly match: FlowMatch;
}

/** Further places that are told with one flow. */
const mostPlaces = 5;
/** Flows of one value that further ones are compared with. */
const mostCompared = 50;

/**
 * One cause, one flow. What is read from a file under a name of the attacker's choice needs no second report for listing its folder: a lesser sink is told with the
 * first of the greater ones that the same input reaches. So is what a call's own callback does with the very value that the call got, and what else is done with a path that was
 * put together once.
 */
export function foldCauses(flows: readonly RankedFlow[]): FlowMatch[] {
  const also = new Map<RankedFlow, RankedFlow[]>();
  const byOrigin = new Map<string, RankedFlow>();
  const byValue = new Map<string, RankedFlow[]>();
  const byCause = new Map<string, RankedFlow>();
  for (const flow of [...flows].sort((a, b) => a.rank - b.rank || Number(a.lesser) - Number(b.lesser) || causeLength(a) - causeLength(b))) {
    const [origin, value] = [`${flow.match.class}:${flow.origin}`, `${flow.match.class}:${flow.value}`];
    const over = (flow.lesser ? byOrigin.get(origin) : undefined) ?? byValue.get(value)?.find((other) => isWithin(flow.match.sink, other.match.sink)) ?? (flow.cause === undefined ? undefined : byCause.get(flow.cause));
    if (over !== undefined) {
      also.get(over)?.push(flow);
      continue;
    }
    also.set(flow, []);
    if (flow.cause !== undefined) byCause.set(flow.cause, flow);
    const same = byValue.get(value);
    if (same === undefined) byValue.set(value, [flow]);
    else if (same.length < mostCompared) same.push(flow);
    if (!flow.lesser && !byOrigin.has(origin)) byOrigin.set(origin, flow);
  }
  return [...also].map(([{ match }, more]) => ({ ...match, also: more.slice(0, mostPlaces).map(({ match: { sink, sinkLabel } }) => ({ ...sink, message: sinkLabel })) }));
}

/** Of flows with one cause the shortest is told. */
function causeLength({ cause, match }: RankedFlow): number {
  return cause === undefined ? 0 : match.steps.length;
}

function isWithin(inner: CodeSpan, outer: CodeSpan): boolean {
  return inner.module === outer.module && inner.start > outer.start && inner.end <= outer.end;
}
