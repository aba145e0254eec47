import { K, R } from '#model/code-tree.ts';
import { TaintCalls } from './enter.ts';
import { either, TaintState } from './state.ts';
import { clean, type Taints, union } from './taint.ts';

const rounds = 2;

/** Statements that take one way or another. */
export abstract class TaintBranches extends TaintCalls {
  protected abstract walk(node: number): Taints;
  protected abstract everything(node: number): Taints;

  protected branch(node: number): Taints {
    this.walk(this.by(node, R.Init));
    const condition = this.walk(this.by(node, R.Condition));
    const before = this.state;
    const first = this.path(before, () => this.walk(this.by(node, R.Then)));
    const second = this.path(before, () => this.walk(this.by(node, R.Else)));
    this.state = either(first.state, second.state);
    return this.tree.kind[node] === K.Conditional ? union(first.value, second.value) : condition;
  }

  private path(before: TaintState | undefined, body: () => Taints): { readonly state: TaintState | undefined; readonly value: Taints } {
    this.state = before?.copy();
    const value = body();
    return { state: this.state, value };
  }

  protected loop(node: number): Taints {
    this.walk(this.by(node, R.Init));
    const source = this.walk(this.by(node, R.Source));
    const target = this.by(node, R.Target);
    let { state } = this;
    for (let round = 0; round < rounds; round++) {
      const { state: after } = this.path(state, () => {
        this.walk(this.by(node, R.Condition));
        if (target !== -1) {
          const inner = this.tree.kind[target] === K.VarDef ? this.by(target, R.Target) : target;
          this.write(inner, source, true);
          const taints = this.atNode(inner, source);
          if (taints !== source) this.write(inner, taints, true);
        }
        this.walk(this.by(node, R.Body));
        return this.walk(this.by(node, R.Update));
      });
      state = either(state, after);
    }
    this.state = state;
    this.walk(this.by(node, R.Else));
    return clean;
  }

  protected tryBlock(node: number): Taints {
    this.walk(this.by(node, R.Items));
    const before = this.state;
    const body = this.path(before, () => this.walk(this.by(node, R.Body)));
    let after = body.state;
    const catches = this.by(node, R.Catches);
    const entering = either(before, body.state);
    if (catches !== -1) this.eachChild(catches, (one) => {
      after = either(after, this.path(entering, () => this.everything(one)).state);
    });
    this.state = after;
    this.walk(this.by(node, R.Else));
    const last = this.by(node, R.Finally);
    if (last !== -1) {
      const ended = this.state === undefined;
      if (ended) this.state = entering?.copy() ?? new TaintState();
      this.walk(last);
      if (ended) this.state = undefined;
    }
    return clean;
  }

  protected switchCases(node: number): Taints {
    const condition = this.walk(this.by(node, R.Condition));
    const before = this.state;
    let after = before;
    let falling: TaintState | undefined;
    const items = this.by(node, R.Items);
    if (items !== -1) this.eachChild(items, (one) => {
      falling = this.path(either(before, falling), () => this.everything(one)).state;
      after = either(after, falling);
    });
    this.state = after;
    return condition;
  }

  protected withItems(node: number): Taints {
    const items = this.by(node, R.Items);
    if (items !== -1) this.walk(items);
    this.walk(this.by(node, R.Body));
    return clean;
  }
}
