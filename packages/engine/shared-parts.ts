import type { Evidence } from '#model/finding.ts';
import type { Risk } from '#model/risk.ts';
import type { Confidence, Severity } from '#model/severity.ts';
import { assessRisk } from '#score/risk.ts';

/** What a finding was judged by, and the judgement. */
export interface Judged {
  readonly evidence: readonly Evidence[];
  readonly risk: Risk;
}

/** More different ones are not remembered. */
const most = 5_000;

/**
 * Gives equal parts of findings the same object. Results come from workers and from the cache as copies, a text for every finding;
 * of ten thousand findings most are judged by the same facts.
 */
export class SharedParts {
  private readonly judged = new Map<string, Judged>();
  private readonly texts = new Map<string, string>();

  judge(severity: Severity, confidence: Confidence, evidence: readonly Evidence[]): Judged {
    const key = [severity, confidence, ...evidence.map(({ factor, detail }) => `${factor}\u0001${detail}`)].join('\0');
    const known = this.judged.get(key);
    if (known !== undefined) return known;
    const judged = { evidence, risk: assessRisk(severity, confidence, evidence) };
    if (this.judged.size < most) this.judged.set(key, judged);
    return judged;
  }

  text(text: string): string {
    const known = this.texts.get(text);
    if (known !== undefined) return known;
    if (this.texts.size < most) this.texts.set(text, text);
    return text;
  }
}
