import type { Block, FunctionBuilder } from '../ir/function-builder.ts';
import type { Value, Variable } from '../ir/module-builder.ts';
import type { ClassInfo } from './class-info.ts';
import type { Contents } from './contents.ts';
import type { JavaType } from './java-type.ts';

/** A local variable or parameter. */
export interface Local {
  readonly name: string;
  readonly variable: Variable;
  readonly type: JavaType | undefined;
  readonly frame: Frame;
  /** What is known of a list, map, array or text builder that it holds. */
  contents: Contents | undefined;
}

export interface Target {
  readonly kind: 'loop' | 'switch' | 'labelled';
  readonly label: string | undefined;
  /** What `break` leaves to. */
  readonly after: Block;
  /** What `continue` goes on with; a switch and a labelled block have none. */
  readonly next: Block | undefined;
}

/** Where exceptions go, and those that the function itself throws there. */
export interface Handler {
  readonly block: Block;
  readonly thrown: Value[];
}

/** Where a switch expression's value goes; nowhere for a switch that is a statement. */
interface Result {
  readonly variable: Variable;
  readonly after: Block;
  type: JavaType | undefined;
}

/** A function that is being lowered, with what its code can name. */
export class Frame {
  readonly builder: FunctionBuilder;
  /** The class whose member the code is. */
  readonly owner: ClassInfo | undefined;
  /** The function round a lambda: it sees the same variables. */
  readonly outer: Frame | undefined;
  readonly thisValue: Value | undefined;
  /** Where exceptions go that are caught in this function, innermost last. */
  readonly handlers: Handler[] = [];
  readonly results: (Result | undefined)[] = [];
  /** Parameters of a method that may check what it gets, and whether it gives a truth: what they are by then is told wherever control leaves. */
  told: { readonly params: readonly Variable[]; readonly isBoolean: boolean } | undefined;
  private readonly scopes: Map<string, Local | ClassInfo>[] = [new Map()];
  private readonly targets: Target[] = [];

  constructor(parts: { builder: FunctionBuilder; owner: ClassInfo | undefined; outer?: Frame | undefined; thisValue?: Value | undefined }) {
    this.builder = parts.builder;
    this.owner = parts.owner;
    this.outer = parts.outer;
    this.thisValue = parts.thisValue;
  }

  scoped(body: () => void): void {
    this.scopes.push(new Map());
    body();
    this.scopes.pop();
  }

  declare(local: Local): void {
    this.scopes.at(-1)?.set(local.name, local);
  }

  declareClass(info: ClassInfo): void {
    this.scopes.at(-1)?.set(`class ${info.name}`, info);
  }

  /** A variable of this function or of one round it. */
  local(name: string): Local | undefined {
    return this.find(name) as Local | undefined;
  }

  localClass(name: string): ClassInfo | undefined {
    return this.find(`class ${name}`) as ClassInfo | undefined;
  }

  private find(key: string): Local | ClassInfo | undefined {
    for (let at = this.scopes.length - 1; at >= 0; at--) {
      const found = this.scopes[at]?.get(key);
      if (found !== undefined) return found;
    }
    return this.outer?.find(key);
  }

  within(target: Target, body: () => void): void {
    this.targets.push(target);
    body();
    this.targets.pop();
  }

  breakTarget(label: string | undefined): Block | undefined {
    return this.targets.findLast((one) => (label === undefined ? one.kind !== 'labelled' : one.label === label))?.after;
  }

  continueTarget(label: string | undefined): Block | undefined {
    return this.targets.findLast((one) => one.next !== undefined && (label === undefined || one.label === label))?.next;
  }
}
