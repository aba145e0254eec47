import type { ClientRequest } from 'node:http';
import { readExposition } from '#formats/prometheus/text.ts';
import type { MetricRecord } from '#formats/otlp/records.ts';
import { hostAndPort } from '../address.ts';
import type { Doorway, Ear } from '../listening.ts';
import { systemCode } from '../source-error.ts';
import { scrape, ScrapeFailure, type ScrapeTarget } from './scrape.ts';

/** Asks the target again and again; the next round begins only when the samples of the last are on disk. */
export function scrapeRounds(target: ScrapeTarget, every: number, samples: number, ear: Ear): Doorway {
  const rounds = new Rounds(target, every, samples, ear);
  return {
    open() {
      rounds.start();
      return Promise.resolve(0);
    },
    close: () => rounds.end(),
  };
}

class Rounds {
  readonly #target: ScrapeTarget;
  readonly #every: number;
  readonly #samples: number;
  readonly #ear: Ear;
  #ended = false;
  #request: ClientRequest | undefined;
  #running: Promise<void> = Promise.resolve();
  #wake: () => void = () => undefined;

  constructor(target: ScrapeTarget, every: number, samples: number, ear: Ear) {
    this.#target = target;
    this.#every = every;
    this.#samples = samples;
    this.#ear = ear;
  }

  start(): void {
    this.#running = this.#run();
  }

  async end(): Promise<void> {
    this.#ended = true;
    this.#request?.destroy();
    this.#wake();
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#ended) {
      const began = this.#ear.ctx.clock();
      await this.#round(began);
      const spent = Math.max(0, this.#ear.ctx.clock() - began);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.max(0, this.#every - spent));
        this.#wake = (): void => {
          clearTimeout(timer);
          resolve();
        };
        if (this.#ended) this.#wake();
      });
    }
  }

  async #round(now: number): Promise<void> {
    const { tally } = this.#ear;
    const labels = { instance: hostAndPort(this.#target.host, this.#target.port) };
    const up = (value: number): MetricRecord => ({ metric: { name: 'up', value, labels, time: now, type: 'gauge' } });
    let found: readonly MetricRecord[];
    try {
      const page = await scrape(this.#target, (request) => (this.#request = request));
      const { samples, broken, cut } = readExposition(page.text, { openMetrics: page.openMetrics, now, limit: this.#samples, labels });
      if (broken > 0) tally.add('event-unreadable', 'a line of a page could not be read', broken);
      if (cut) tally.add('source-limit', `a page has more than ${this.#samples} samples, which is the limit (max-samples); the rest was left out`);
      found = [up(1), ...samples];
    } catch (error) {
      if (this.#ended) return;
      const reason = error instanceof ScrapeFailure ? error.message : 'its page could not be read';
      tally.add(reason.includes('limit') ? 'source-limit' : 'source-failed', `the target gave no samples: ${reason}`);
      found = [up(0)];
    }
    await this.#keep(found);
  }

  async #keep(found: readonly MetricRecord[]): Promise<void> {
    const { queue, source, tally } = this.#ear;
    try {
      await queue.offer(found.map((value) => ({ source, sequence: this.#ear.next(), value })), found.length * 200);
    } catch (error) {
      tally.add('source-failed', `samples could not be kept and are lost (${systemCode(error)})`);
    }
  }
}
