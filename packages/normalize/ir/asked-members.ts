import { op } from '#model/ir.ts';
import type { BlockState, Refined } from './block-state.ts';
import type { ModuleBuilder, Value } from './module-builder.ts';

/** Members of members that are told apart, and parts of a condition within one another that are looked at. */
const deepest = 8;
/** Blocks on the way back to a condition. */
const farthest = 200;
/** They say of a number what no text is asked for. */
const plain: ReadonlySet<string> = new Set(['length', 'size']);

/** Members that a condition asks about, by their paths from a value. */
export type Asked = ReadonlyMap<string, Value>;

/**
 * Members that are read once in a condition and again where it holds: `if (isSafe(query.a)) use(query.a)` means the same value as long as nothing is stored
 * under a name of the path in between.
 */
export class AskedMembers {
  private readonly module: ModuleBuilder;
  /** Names of members that some condition asked about. */
  private readonly names = new Set<number>();
  /** When something was last stored under a name, and under a computed one in what a path leads to. */
  private readonly stored = new Map<number, number>();
  private readonly storedAt = new Map<string, number>();

  constructor(module: ModuleBuilder) {
    this.module = module;
  }

  /** What `condition` says more of than whether there is something. */
  of(condition: Value): Asked | undefined {
    const found = new Map<string, Value>();
    this.collect(condition, found, 0);
    return found.size === 0 ? undefined : found;
  }

  private collect(value: Value, found: Map<string, Value>, depth: number): void {
    const { module } = this;
    const { code, a, b, operands } = module.at(value);
    if (depth > 0 && this.memberAt(value, found)) return;
    if (depth > deepest || (code !== op.test && code !== op.invoke && code !== op.call && code !== op.loadAt)) return;
    if (code === op.test && (this.isNothing(a) || this.isNothing(b))) return;
    for (const part of code === op.call ? operands : [a, ...(code === op.test || code === op.loadAt ? [b] : operands)]) if (part >= 0) this.collect(part, found, depth + 1);
  }

  private memberAt(value: Value, found: Map<string, Value>): boolean {
    let at = value;
    while (this.module.opOf(at) === op.refine) at = this.module.at(at).a;
    const { code, a, b } = this.module.at(at);
    if (code !== op.load || plain.has(this.module.textAt(b))) return false;
    const path = this.pathOf(a, b);
    if (path !== undefined) {
      found.set(path, this.module.resolve(value));
      this.names.add(b);
    }
    return true;
  }

  /** Whether there is a value at all may change with any call. */
  private isNothing(value: Value): boolean {
    const constant = value < 0 ? undefined : this.module.constantOf(value);
    return constant !== undefined && (constant.kind === 'undefined' || constant.kind === 'null' || constant.kind === 'boolean' || constant.text === '' || constant.text === 'undefined');
  }

  /** What a condition on the way here asked about that is read now, under `name`. */
  find(base: Value, name: number, from: BlockState, blocks: readonly BlockState[]): { readonly value: Value; readonly refined: Refined } | undefined {
    const path = this.names.has(name) ? this.pathOf(base, name) : undefined;
    let state: BlockState | undefined = path === undefined ? undefined : from;
    for (let round = 0; path !== undefined && state !== undefined && round < farthest; round++) {
      const { refined, sealed } = state;
      const value = refined?.members?.get(path);
      if (refined !== undefined && value !== undefined) return this.isUnchanged(path, refined.since) ? { value, refined } : undefined;
      state = sealed && state.from.length === 1 ? blocks[state.from[0] as number] : undefined;
    }
    return undefined;
  }

  private pathOf(base: Value, name: number): string | undefined {
    let path = `.${name}`;
    let at = base;
    for (let depth = 0; depth < deepest; depth++) {
      const { value, code, a, b } = this.module.at(at);
      if (code === op.refine || code === op.typed) at = a;
      else if (code === op.load) [at, path] = [a, `.${b}${path}`];
      else return code === op.global ? `global ${a}${path}` : `${value}${path}`;
    }
    return undefined;
  }

  store(name: number): void {
    this.stored.set(name, this.module.size);
  }

  storeAt(base: Value): void {
    if (this.names.size === 0) return;
    const path = this.pathOf(base, -1);
    if (path !== undefined) this.storedAt.set(path.slice(0, path.lastIndexOf('.')), this.module.size);
  }

  /** Nothing was stored on the way of the path since the module had `size` instructions. */
  private isUnchanged(path: string, size: number): boolean {
    const [root = '', ...names] = path.split('.');
    let above = root;
    return names.every((name) => {
      const whole = (this.stored.get(Number(name)) ?? 0) <= size && (this.storedAt.get(above) ?? 0) <= size;
      above += `.${name}`;
      return whole;
    });
  }
}
