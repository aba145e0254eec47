import { parseAddress, parseNetwork } from './address.ts';

/** What is known about networks. A look-up costs one access for each length of prefix that occurs, however many networks there are. */
export class NetworkMap<T> {
  /** By the number of bytes of an address, then by bits of the prefix. */
  private readonly byLength: ReadonlyMap<number, Map<number, Map<string, T>>> = new Map([[4, new Map()], [16, new Map()]]);
  private readonly order = new Map<number, readonly number[]>();
  private count = 0;

  get size(): number {
    return this.count;
  }

  /** An address or a network; false when the text is neither. What is added first stays. */
  add(text: string, value: T): boolean {
    const network = parseNetwork(text);
    const lengths = network === undefined ? undefined : this.byLength.get(network.bytes.length);
    if (network === undefined || lengths === undefined) return false;
    const known = lengths.get(network.bits) ?? new Map<string, T>();
    const key = prefix(network.bytes, network.bits);
    if (!known.has(key)) this.count += 1;
    if (!known.has(key)) known.set(key, value);
    lengths.set(network.bits, known);
    if (known.size === 1) this.order.set(network.bytes.length, [...lengths.keys()].sort((a, b) => b - a));
    return true;
  }

  /** The most exact network that holds the address. */
  get(text: string): T | undefined {
    if (this.count === 0) return undefined;
    const bytes = parseAddress(text);
    if (bytes === undefined) return undefined;
    const lengths = this.byLength.get(bytes.length);
    for (const bits of this.order.get(bytes.length) ?? []) {
      const found = lengths?.get(bits)?.get(prefix(bytes, bits));
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

/** The first bits of an address, one character for each byte. */
function prefix(bytes: readonly number[], bits: number): string {
  let key = '';
  for (let at = 0; at * 8 < bits; at += 1) {
    const left = Math.min(8, bits - at * 8);
    key += String.fromCharCode((bytes[at] ?? 0) & (0xff << (8 - left)) & 0xff);
  }
  return key;
}
