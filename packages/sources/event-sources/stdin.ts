import process from 'node:process';
import { defineEventSource } from '#model/intake.ts';
import { SourceError } from '../source-error.ts';
import { streamSource } from '../stream-source.ts';

export default defineEventSource({
  id: 'stdin',
  title: 'Standard input: JSON lines or lists, lines of text, a Windows event log; packed with gzip or Zstandard, or plain',
  schemes: ['stdin:'],
  examples: ['-'],
  network: 'none',
  open(address, ctx) {
    if (address !== '-' && address !== 'stdin:') throw new SourceError('address-invalid', 'standard input is written as -, with nothing behind it');
    return streamSource({ id: 'stdin:', label: '-', open: () => process.stdin }, ctx);
  },
});
