import { decodeScanStatement, type ScanPredicate } from '#formats/attestation.ts';
import type { BypassPredicate } from '#formats/bypass.ts';
import { statementPayloadType, type Statement } from '#formats/in-toto.ts';
import { largestEnvelope, verifyEnvelope } from '#protect/dsse.ts';
import type { VerifyingKey } from '#protect/keys.ts';
import { readRegular } from '#sources/read-file.ts';
import { readRecord } from './bypass-record.ts';
import { EngineError } from './errors.ts';

export interface VerifiedScan {
  readonly statement: Statement<ScanPredicate>;
  readonly signers: readonly string[];
}

/** Opens a scan attestation: the signature first, then its form. Whether it is worth anything is the gate's to say. */
export function verifyScan(path: string, keys: readonly VerifyingKey[]): VerifiedScan {
  const { payload, signers } = verifyEnvelope(read(path, largestEnvelope), statementPayloadType, keys);
  return { statement: decodeScanStatement(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(payload)), signers };
}

/** Opens a bypass record: every line, and that none is missing. */
export function verifyRecord(path: string, keys: readonly VerifyingKey[]): Statement<BypassPredicate>[] {
  return readRecord(read(path, 256 * 1024 * 1024), keys);
}

function read(path: string, limit: number): Buffer {
  const bytes = readRegular(path, { limit });
  if (bytes === undefined) throw new EngineError('attestation-unusable', `${path} does not exist`);
  return bytes;
}
