/** A comment as the parser gives it. */
export interface Comment {
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** Between the comment and the first parameter stand the function's name and what it is assigned to, nothing else. */
const longestHead = 200;
const head = /^\s*(?:[\w$.#*=:\s'"[\]]|,\s)*\(\s*$/;
const stated = /@param\s{1,10}\{\s{0,4}[?!(]?\s{0,4}(number|boolean|bigint)\s{0,4}(?:\|\s{0,4}(?:undefined|null)\s{0,4}){0,2}\)?=?\s{0,4}\}\s{1,10}\[?([A-Za-z_$][\w$]{0,100})/g;

/** Types of parameters that comments state (JSDoc): those whose values hold no text. */
export class DocTypes {
  private readonly text: string;
  /** By their ends, which rise. */
  private readonly comments: readonly Comment[];

  constructor(text: string, comments: readonly Comment[]) {
    this.text = text;
    this.comments = comments.filter(({ value }) => value.startsWith('*') && value.includes('@param') && /\{[^{}]{0,20}(?:number|boolean|bigint)/.test(value));
  }

  /** By name, of the function whose first parameter stands at `first`. */
  of(first: number): ReadonlyMap<string, string> | undefined {
    const comment = this.before(first);
    if (comment === undefined || first - comment.end > longestHead || !head.test(this.text.slice(comment.end, first))) return undefined;
    return new Map([...comment.value.matchAll(stated)].map(([, type, name]) => [name as string, type as string]));
  }

  private before(at: number): Comment | undefined {
    let [low, high] = [0, this.comments.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.comments[middle] as Comment).end <= at) low = middle + 1;
      else high = middle;
    }
    return this.comments[low - 1];
  }
}
