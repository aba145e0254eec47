import type { ApiAnswer } from '#model/library.ts';
import type { Node } from './graph.ts';
import type { Heap, Site } from './heap.ts';
import type { Knowledge } from './knowledge.ts';
import { holds } from './conditions.ts';
import { placeNode } from './constants.ts';
import { chainOf, originsOf } from './object-ways.ts';
import { possibleAt } from './possible-values.ts';
import { rootOf } from './roots.ts';
import { storeOf } from './stores.ts';

/** What one place says an answer to be. */
interface Said {
  readonly at: Node;
  readonly fn: number;
  readonly answers: ReadonlySet<Node>;
  readonly isPage: boolean;
}

/** Media types, and names for them, that a browser shows as a page. */
const pages = /html|^\s*$/i;

/** Answers of which the program says that they hold something else than a page: JSON, plain text, a picture, a download. */
export class Answers {
  private readonly heap: Heap;
  private readonly knowledge: Knowledge;
  private said: readonly Said[] | undefined;

  constructor(heap: Heap, knowledge: Knowledge) {
    this.heap = heap;
    this.knowledge = knowledge;
  }

  /** What is said last before `at` decides, in the same function; else what all others say of this answer. */
  isNoPage(answer: Node, at: Node): boolean {
    this.said ??= [...this.heap.sites.flatMap((site) => this.saidAt(site)), ...this.saidByStores()].sort((one, other) => one.at - other.at);
    if (answer < 0 || this.said.length === 0) return false;
    const roots = this.rootsOf(answer);
    const about = this.said.filter(({ answers }) => [...answers].some((one) => roots.has(one)));
    const { layout } = this.heap;
    const fn = at < layout.values ? layout.owner(at) : -1;
    const before = about.findLast((one) => one.fn === fn && one.at <= at);
    if (before !== undefined) return !before.isPage;
    const others = about.filter((one) => one.fn !== fn);
    return others.length > 0 && others.every(({ isPage }) => !isPage);
  }

  private saidAt(site: Site): Said[] {
    const { heap, knowledge } = this;
    if (site.receiver < 0 || site.value >= heap.layout.values) return [];
    const found = site.externals.flatMap((states) => knowledge.about(states).flatMap((saying) => (saying.kind === 'answer' && holds(heap, knowledge, site, saying.said.when) ? [saying.said] : [])));
    const verdicts = found.flatMap((one) => this.isPage(site, one) ?? []);
    return verdicts.length === 0 ? [] : [{ at: site.value, fn: heap.layout.owner(site.value), answers: this.rootsOf(site.receiver), isPage: verdicts.every(Boolean) }];
  }

  private saidByStores(): Said[] {
    const { heap, knowledge } = this;
    return heap.outsideStores.flatMap(({ states, value }) => knowledge.about(states).flatMap((saying) => {
      if (saying.kind !== 'answer' || saying.said.media?.base !== 'assigned') return [];
      const at = storeOf(heap, value, saying.said.path);
      if (at === value) return [];
      return [{ at, fn: heap.layout.owner(at), answers: this.rootsOf(heap.layout.at(at).a), isPage: this.mayBePage(value) }];
    }));
  }

  /** Undefined where the call says nothing of it; what is not known may be a page. */
  private isPage(site: Site, { media }: ApiAnswer): boolean | undefined {
    if (media === undefined) return false;
    const node = placeNode(this.heap, site, media);
    if (node === undefined) return undefined;
    return this.mayBePage(node);
  }

  private mayBePage(node: Node): boolean {
    const { constants, open } = possibleAt(this.heap, node);
    return open || constants.length === 0 || constants.some(({ text }) => pages.test(text));
  }

  /** Calls on an answer give the answer. */
  private rootsOf(node: Node): ReadonlySet<Node> {
    return new Set(originsOf(this.heap, chainOf(this.heap, node)).map((one) => rootOf(this.heap, one)));
  }
}
