import type { Notice } from '#model/sink.ts';
import type { Received, WebAnswer } from './receivers/received.ts';

/**
 * The cases of a sink: its `<id>.cases.ts` exports one of these as default. A receiver on loopback plays the other side; the
 * contract test also has it fail, hang, answer rubbish and be spoken to with hostile text.
 */
export interface SinkCases {
  readonly receiver: 'web' | 'mail' | 'datagrams' | 'stream' | 'tls-stream' | 'file';
  /** The address for a receiver at `http://127.0.0.1:PORT`, `127.0.0.1:PORT` or a path. */
  address(at: string): string;
  /** Made up. */
  readonly settings: Readonly<Record<string, string>>;
  /** Answers as the real receiver does when all is well; 200 without a body when it is left out. */
  answer?(request: Received, before: readonly Received[]): WebAnswer;
  /** A status that may pass by itself; 500 when it is left out. */
  readonly passingStatus?: number;
  /** Why the real receiver would refuse this, one sentence each: its schema, its limits, its signature. */
  refuses(request: Received): readonly string[];
  readonly cases: readonly SinkCase[];
}

export interface SinkCase {
  readonly name: string;
  readonly address?: (at: string) => string;
  /** Instead of the usual ones. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly answer?: SinkCases['answer'];
  /** What is handed on, in turns. */
  readonly turns: readonly (readonly Notice[])[];
  /** The sink is closed and opened between turns, as after a restart. */
  readonly restart?: true;
  /** Throws when what the receiver has is wrong. */
  verify(received: readonly Received[]): void;
}
