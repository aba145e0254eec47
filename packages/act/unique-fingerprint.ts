import type { Finding } from '#model/finding.ts';

/** Fingerprints for readers that keep one entry of each: the second and later places of one fingerprint get a number. */
export function uniqueFingerprints(findings: readonly Finding[]): readonly { readonly finding: Finding; readonly id: string }[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const times = (seen.get(finding.fingerprint) ?? 0) + 1;
    seen.set(finding.fingerprint, times);
    const fingerprint = finding.fingerprint.toWellFormed();
    return { finding, id: times === 1 ? fingerprint : `${fingerprint}-${times}` };
  });
}
