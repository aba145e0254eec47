import { join } from 'node:path';
import type { Diagnostic } from '#model/diagnostic.ts';
import { type DeadLetter, DeadLetters, readDeadLetters } from '#store/dead-letters.ts';
import { shownAddress } from './address.ts';

export type { DeadLetter };

/** Where records that could not be decoded are kept, below the state folder. */
export function deadLetterFolder(stateDir: string): string {
  return join(stateDir, 'dead-letters');
}

export interface OpenDeadLetters {
  /** What a source calls with what it could not decode. */
  from(address: string): (bytes: Uint8Array, reason: string) => void;
  readonly count: () => number;
  close(): void;
}

export function openDeadLetters(stateDir: string, { clock, onDiagnostic }: { clock: () => number; onDiagnostic: (diagnostic: Diagnostic) => void }): OpenDeadLetters {
  const letters = new DeadLetters({ folder: deadLetterFolder(stateDir), clock, onDiagnostic });
  return {
    from: (address) => {
      const shown = shownAddress(address);
      return (bytes, reason) => letters.add(shown, bytes, reason);
    },
    count: () => letters.count,
    close: () => letters.close(),
  };
}

/** All that are kept, oldest first. */
export function deadLetters(stateDir: string): AsyncIterable<DeadLetter> {
  return readDeadLetters(deadLetterFolder(stateDir));
}
