import { Refusal } from './exchange.ts';
import { tryJson } from './json.ts';

const formLimit = 64 * 1_048_576;

/** Marks of deliveries that were taken, the newest ones. A forge sends each once; who sends one again has recorded it. */
export class Deliveries {
  readonly #limit: number;
  readonly #seen = new Set<string>();
  readonly #underWay = new Set<string>();

  constructor(limit = 10_000) {
    this.#limit = limit;
  }

  /**
   * Runs `take` unless one of the marks was seen. Marks of what could not be kept are not seen: the forge may send it again.
   * True when it had been taken before.
   */
  async once(marks: readonly string[], take: () => Promise<void>): Promise<boolean> {
    if (marks.some((mark) => this.#seen.has(mark))) return true;
    if (marks.some((mark) => this.#underWay.has(mark))) throw new Refusal('busy', 'this delivery is being taken; try again later');
    for (const mark of marks) this.#underWay.add(mark);
    try {
      await take();
      for (const mark of marks) this.#remember(mark);
      return false;
    } finally {
      for (const mark of marks) this.#underWay.delete(mark);
    }
  }

  #remember(mark: string): void {
    this.#seen.add(mark);
    const [oldest] = this.#seen;
    if (this.#seen.size > this.#limit && oldest !== undefined) this.#seen.delete(oldest);
  }
}

/** The payload of a delivery: JSON, or a form whose field `payload` is JSON, as GitHub sends it when asked to. */
export function payloadOf(body: Buffer, mediaType: string): object {
  const text = mediaType === 'application/x-www-form-urlencoded' && body.length <= formLimit ? Buffer.from(new URLSearchParams(body.toString('utf8')).get('payload') ?? '') : body;
  const found = tryJson(text);
  if (typeof found?.value !== 'object' || found.value === null) throw new Refusal('unreadable', 'the body is no JSON object');
  return found.value;
}

/** A name out of a header, as it may stand in a record. */
export function plainName(text: string): string {
  return /^[\w .:/-]{1,128}$/.test(text) ? text : 'unknown';
}
