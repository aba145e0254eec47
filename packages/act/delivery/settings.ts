import { clip } from '#formats/clip.ts';
import { visibleText } from '#formats/visible-text.ts';
import type { SinkContext } from '#model/sink.ts';
import { ActError } from '../act-error.ts';

/** Shorter values would be found in any text. */
const shortestSecret = 4;

/** The settings of one sink. It remembers each that was read, so that none of them can be shown. */
export class Settings {
  private readonly ctx: Pick<SinkContext, 'setting'>;
  private readonly sink: string;
  private readonly hidden = new Set<string>();

  constructor(sink: string, ctx: Pick<SinkContext, 'setting'>) {
    this.sink = sink;
    this.ctx = ctx;
  }

  text(name: string): string | undefined {
    const value = this.ctx.setting(name)?.trim();
    if (value === undefined || value === '') return undefined;
    this.hide(value);
    return value;
  }

  /** One line, as it can stand in a header. */
  line(name: string): string | undefined {
    const value = this.text(name);
    if (value !== undefined && /[\p{Cc}\u0100-\u{10ffff}]/u.test(value)) {
      throw new ActError('setting-invalid', `the setting '${name}' of the sink ${this.sink} holds characters that cannot be sent; give it as one plain line`);
    }
    return value;
  }

  required(name: string, what: string): string {
    const value = this.line(name);
    if (value === undefined) throw new ActError('setting-missing', `the sink ${this.sink} needs the setting '${name}': ${what}`);
    return value;
  }

  /** Seconds to milliseconds. */
  seconds(name: string, usual: number): number {
    const value = this.text(name);
    if (value === undefined) return usual * 1_000;
    const seconds = Number(value);
    if (!(seconds > 0 && seconds <= 600)) {
      throw new ActError('setting-invalid', `the setting '${name}' of the sink ${this.sink} must be a number of seconds, more than 0 and at most 600`);
    }
    return seconds * 1_000;
  }

  /** Also what is made of a secret, or what stands in an address as one. */
  hide(value: string): void {
    for (const part of [value, ...value.split(/\s+/)]) if (part.length >= shortestSecret) this.hidden.add(part);
  }

  /** Foreign text for a message: short, without control characters, without anything that was hidden. */
  shown(text: string): string {
    // The longest first: a part of a secret must not break up the whole.
    const parts = [...this.hidden].sort((a, b) => b.length - a.length);
    return visibleText(clip(parts.reduce((rest, secret) => rest.replaceAll(secret, '<redacted>'), text), 200));
  }
}
