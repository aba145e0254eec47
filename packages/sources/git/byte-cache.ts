/** Keeps the buffers used last, up to a number of bytes. Two generations: when the young one is full, the old one is dropped. */
export class ByteCache {
  readonly #half: number;
  #young = new Map<number, Buffer>();
  #old = new Map<number, Buffer>();
  #bytes = 0;

  constructor(limitBytes: number) {
    this.#half = limitBytes / 2;
  }

  get(key: number): Buffer | undefined {
    const young = this.#young.get(key);
    if (young !== undefined) return young;
    const old = this.#old.get(key);
    if (old !== undefined) this.set(key, old);
    return old;
  }

  set(key: number, value: Buffer): void {
    if (value.length > this.#half / 4) return;
    if (this.#bytes + value.length > this.#half) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#bytes = 0;
    }
    this.#young.set(key, value);
    // A map entry and a buffer's head cost about this much.
    this.#bytes += value.length + 200;
  }
}
