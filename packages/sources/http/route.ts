import { type Answer, type Arrival, problemAnswer, type Refusal } from './exchange.ts';
import type { Reception } from './reception.ts';

/** One way to hand records in. */
export interface Route {
  readonly methods: readonly string[];
  readonly path: RegExp;
  /** `token`: the listener's own token or password, where it has one. `signature`: the route proves its peers itself. `none`: it gives and takes nothing. */
  readonly proof: 'token' | 'signature' | 'none';
  /** Bodies of this route carry an encoding of their own, which is not the transport's. */
  readonly packed?: true;
  serve(arrival: Arrival, reception: Reception): Promise<Answer> | Answer;
  /** A refusal in the words of the route's protocol. */
  refuse?(refusal: Refusal, arrival: Omit<Arrival, 'body'>): Answer;
}

export function refusalOf(route: Route | undefined, refusal: Refusal, arrival: Omit<Arrival, 'body'>): Answer {
  return route?.refuse?.(refusal, arrival) ?? problemAnswer(refusal);
}
