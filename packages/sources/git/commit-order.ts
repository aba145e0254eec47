import { NumberSet } from './number-set.ts';
import type { Repository } from './repository.ts';

/** A commit on the way through history. */
export interface CommitStep {
  readonly number: number;
  readonly tree: number;
  /** Tree of the first parent, -1 for a root. */
  readonly parentTree: number;
  readonly author: string;
  /** Seconds since 1970. */
  readonly authored: number;
}

interface Frame {
  readonly step: Omit<CommitStep, 'parentTree'>;
  readonly parents: readonly number[];
  at: number;
}

/** All commits that lead to one, each after all its parents; the first parent's line is followed first. */
export function commitsOldestFirst(repository: Repository, start: number): CommitStep[] {
  const steps: CommitStep[] = [];
  const treeOf = new Map<number, number>();
  const authors = new Map<string, string>();
  const seen = new NumberSet();
  seen.add(start);
  const stack = [frame(repository, start, authors)];
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const parent = top.parents[top.at];
    top.at += 1;
    if (parent === undefined) {
      stack.pop();
      const first = top.parents[0];
      steps.push({ ...top.step, parentTree: first === undefined ? -1 : (treeOf.get(first) ?? -1) });
      treeOf.set(top.step.number, top.step.tree);
    } else if (!seen.has(parent)) {
      seen.add(parent);
      stack.push(frame(repository, parent, authors));
    }
  }
  return steps;
}

function frame(repository: Repository, number: number, authors: Map<string, string>): Frame {
  const facts = repository.commit(number);
  const { objects } = repository;
  const author = authors.get(facts.author) ?? facts.author;
  authors.set(author, author);
  return {
    step: { number, tree: objects.number(facts.tree, 0), author, authored: facts.authored },
    parents: facts.parents.map((oid) => objects.number(oid, 0)),
    at: 0,
  };
}
