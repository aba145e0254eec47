import type { Decoded } from './record-decoder.ts';

/** Events whose lines are held at once, and lines of one event; the mapping reads no more of one either. */
const openAtMost = 8;
const linesAtMost = 64;

const head = /(?:^|\s)(node=\S{1,255} )?type=([A-Z0-9_]{2,32}) (?:msg=)?audit\((\d{9,11}\.\d{3}:\d{1,20})\):/;
/** What programs report to the audit system is one record; what the kernel reports of one event may be many. */
const lone = /^(?:USER|CRED|SERVICE|ADD|DEL|GRP|ACCT|DAEMON|CHGRP|CHUSER|ROLE|LABEL|CRYPTO|VIRT|SYSTEM|SOFTWARE|USYS|TRUSTED|RESP)_/;
/** The last record of an event of the kernel. */
const last = new Set(['PROCTITLE', 'EOE']);

interface OpenEvent {
  readonly first: Decoded;
  readonly texts: string[];
}

/**
 * The kernel's audit system tells one event in several lines, which share a serial number and may stand between those of other events: here they become one
 * record of several lines. All else passes through. While an event is open, reading may not begin anew behind what is given (`next` is -1).
 */
export class AuditLines {
  readonly #open = new Map<string, OpenEvent>();
  /** Where reading may begin anew behind all lines that came. */
  #next = -1;
  #nextLine = 0;

  get idle(): boolean {
    return this.#open.size === 0;
  }

  push(items: readonly Decoded[]): Decoded[] {
    const given: Decoded[] = [];
    for (const item of items) this.#take(item, given);
    return given;
  }

  /** What is open stays without the rest of its lines. */
  end(): Decoded[] {
    const given: Decoded[] = [];
    for (const key of this.#open.keys()) this.#close(key, given);
    return given;
  }

  #take(item: Decoded, given: Decoded[]): void {
    const found = item.problem === undefined && typeof item.value === 'string' && item.value.includes('audit(') ? head.exec(item.value) : null;
    if (item.problem === undefined && typeof item.value === 'string' && found !== null && !lone.test(found[2] ?? '')) {
      const key = `${found[1] ?? ''}${found[3]}`;
      [this.#next, this.#nextLine] = [item.next, item.nextLine];
      this.#hold(item, key, item.value, given);
      if (last.has(found[2] ?? '')) this.#close(key, given);
      return;
    }
    // A line of another kind says that the log is no plain one of the audit system: nothing waits behind it.
    if (found === null) given.push(...this.end());
    [this.#next, this.#nextLine] = [item.next, item.nextLine];
    given.push(this.idle ? item : { ...item, next: -1 });
  }

  #hold(item: Decoded, key: string, text: string, given: Decoded[]): void {
    const event = this.#open.get(key);
    if (event === undefined) this.#open.set(key, { first: item, texts: [text] });
    else event.texts.push(text);
    if (event?.texts.length === linesAtMost) this.#close(key, given);
    if (this.#open.size <= openAtMost) return;
    for (const oldest of this.#open.keys()) {
      this.#close(oldest, given);
      return;
    }
  }

  #close(key: string, given: Decoded[]): void {
    const event = this.#open.get(key);
    if (event === undefined) return;
    this.#open.delete(key);
    given.push({ value: event.texts.join('\n'), problem: undefined, line: event.first.line, next: this.idle ? this.#next : -1, nextLine: this.#nextLine });
  }
}
