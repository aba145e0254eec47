import { expandCase } from '#engine/case-text.ts';
import { proofs } from '#generated/analysis.ts';

/** A line that `secrets/slack-bot-token` must report, made anew so that no secret lies in the repository. */
export function sampleSecretLine(seed = 'sample'): string {
  const known = new Map(proofs.map((proof) => [proof.id, proof]));
  return expandCase('SLACK_BOT_TOKEN=${proof:slack-token}', seed, known);
}
