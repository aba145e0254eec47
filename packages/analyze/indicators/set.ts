/** Indicators of many lists, each looked up in one step. */
import type { Indicator, IndicatorKind } from '#formats/indicator.ts';
import { NetworkMap } from '#formats/network-map.ts';

/** A list as its user named it. */
export interface ListSource {
  readonly name: string;
  /** Milliseconds since the epoch: when the list was made, as far as can be told. */
  readonly date: number;
}

export interface ListedIndicator extends Indicator {
  readonly list: ListSource;
}

export class IndicatorSet {
  readonly networks = new NetworkMap<ListedIndicator>();
  private readonly exact: Readonly<Record<Exclude<IndicatorKind, 'network'>, Map<string, ListedIndicator>>> = { domain: new Map(), url: new Map(), hash: new Map(), email: new Map() };

  /** The first list that names a value keeps it. */
  add(indicator: Indicator, list: ListSource): void {
    const { kind, value } = indicator;
    if (kind === 'network') this.networks.add(value, { ...indicator, list });
    else if (!this.exact[kind].has(value)) this.exact[kind].set(value, { ...indicator, list });
  }

  get size(): number {
    return this.networks.size + Object.values(this.exact).reduce((sum, { size }) => sum + size, 0);
  }

  find(kind: Exclude<IndicatorKind, 'network' | 'domain'>, value: string): ListedIndicator | undefined {
    return this.exact[kind].get(value);
  }

  /** A name, or one that it lies under: who holds the zone holds all names in it. */
  domain(name: string): ListedIndicator | undefined {
    const { domain } = this.exact;
    if (domain.size === 0) return undefined;
    for (let rest = name; rest.includes('.'); rest = rest.slice(rest.indexOf('.') + 1)) {
      const found = domain.get(rest);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}
