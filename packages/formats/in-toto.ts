import { type Decoder, listOf, record, ShapeError, text } from './closed-shape.ts';

/** in-toto Attestation Framework, Statement v1. */
export const statementType = 'https://in-toto.io/Statement/v1';
/** in-toto Attestation Framework, Envelope v1: the payload type of a Statement. */
export const statementPayloadType = 'application/vnd.in-toto+json';

export interface Statement<P> {
  readonly _type: typeof statementType;
  readonly subject: readonly Subject[];
  readonly predicateType: string;
  readonly predicate: P;
}

/** What a statement is about. `watchwardTree` is the tree hash of `specs/gate.md`. */
export interface Subject {
  readonly name: string;
  readonly digest: { readonly watchwardTree: string };
}

export function treeStatement<P>(treeHash: string, predicateType: string, predicate: P): Statement<P> {
  return { _type: statementType, subject: [{ name: 'tree', digest: { watchwardTree: treeHash } }], predicateType, predicate };
}

/**
 * Reads a statement about one tree, whose predicate is of the given type. The text must be exactly what `JSON.stringify` writes:
 * that leaves no room for members that are given twice, or that another reader would see differently.
 */
export function decodeStatement<P>(json: string, predicateType: string, predicate: Decoder<P>): Statement<P> {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new ShapeError('', 'is no JSON');
  }
  const hash = text(64, /^[0-9a-f]{64}$/);
  const decode = record({
    _type: exactly<typeof statementType>(statementType, 'statement type'),
    subject: listOf(record({ name: text(256), digest: record({ watchwardTree: hash }) }), 1),
    predicateType: exactly(predicateType, 'predicate type'),
    predicate: (inner: unknown, at: string): P => predicate(inner, at),
  });
  const statement = decode(value, '');
  if (statement.subject.length !== 1) throw new ShapeError('subject', 'must name one tree');
  if (JSON.stringify(value) !== json) throw new ShapeError('', 'is not in its one canonical form');
  return statement;
}

/** A version that is not known is not guessed at. */
function exactly<T extends string>(wanted: T, what: string): Decoder<T> {
  return (value, at) => {
    if (value === wanted) return wanted;
    throw new ShapeError(at, `is not the ${what} that this version knows (${wanted})`);
  };
}
