/** A part of a request that a program reads as one value. */
export interface Parameter {
  readonly place: 'path' | 'query' | 'body' | 'cookie' | 'header';
  /** As the request writes it; from outside. */
  readonly name: string;
  readonly value: string;
}

/** A request with more parameters, or one that nests deeper, is judged by the first of them. */
export const mostParameters = 500;
export const deepest = 40;
