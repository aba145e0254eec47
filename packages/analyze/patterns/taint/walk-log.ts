/** Whether a function's walk would ask for anything that has changed since it was walked last: where not, it would find what it found. */
export class WalkLog {
  private clock = 0;
  /** When something new was learned of a function, by its key, or of a shared place, by its name. */
  private readonly learned = new Map<number | string, number>();
  private readonly walks = new Map<number, { readonly since: number; readonly asked: Set<string> }>();
  private asked: Set<string> | undefined;

  begin(key: number): void {
    this.asked = new Set();
    this.walks.set(key, { since: this.clock, asked: this.asked });
  }

  ask(place: string): void {
    this.asked?.add(place);
  }

  learn(of: number | string): void {
    this.learned.set(of, ++this.clock);
  }

  forget(key: number): void {
    this.walks.delete(key);
  }

  isFresh(key: number, callees: Iterable<{ readonly key: number }>): boolean {
    const walk = this.walks.get(key);
    if (walk === undefined) return false;
    const isNew = (of: number | string): boolean => (this.learned.get(of) ?? 0) > walk.since;
    for (const callee of callees) if (isNew(callee.key)) return false;
    for (const place of walk.asked) if (isNew(place)) return false;
    return true;
  }
}
