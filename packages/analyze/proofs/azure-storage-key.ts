import { defineProof } from '#model/unit.ts';
import { decodeBase64, encodeBase64 } from '../base64.ts';

/** How the keys of the storage and Cosmos DB emulators begin: printed in their manuals, the same on every machine. */
const emulators = ['Eby8vdM02xNOcqFl', 'C2y6yDjf5/R+ob0N'];

/** 64 bytes in base64: the account keys of Azure Storage, Cosmos DB, Batch and API Management. */
export default defineProof({
  id: 'azure-storage-key',
  title: 'Azure account key',
  check(value) {
    if (emulators.some((start) => value.startsWith(start))) return { verdict: 'invalid', detail: 'the key of the emulator' };
    const bytes = decodeBase64(value);
    if (bytes?.length !== 64) return { verdict: 'invalid', detail: 'not 64 bytes in base64' };
    if (new Set(bytes).size < 40) return { verdict: 'invalid', detail: 'repeats instead of being random' };
    return { verdict: 'valid', detail: '64 random bytes' };
  },
  example(random) {
    const character = (): number => random('0123456789abcdefghijklmnopqrstuv', 1).charCodeAt(0);
    return encodeBase64(Uint8Array.from({ length: 64 }, () => (character() * 73 + character() * 5) % 256));
  },
});
