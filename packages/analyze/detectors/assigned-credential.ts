import type { Document } from '#model/artifact.ts';
import type { Evidence, Match } from '#model/finding.ts';
import type { Confidence, Persona } from '#model/severity.ts';
import { type DetectContext, defineDetector } from '#model/unit.ts';
import { logOdds, probability } from '#learn/hashed-logistic.ts';
import { type Assignment, credentialWords, findAssignments } from '../assignments.ts';
import { credentialFeatures, valueKind, wordsOf } from '../credential-features.ts';
import { entropy } from '../entropy.ts';
import { environmentFix } from '../environment-fix.ts';
import { lineIndex } from '../line-index.ts';
import { placeholderReason } from '../placeholders.ts';
import { sealedReason } from '../sealed-values.ts';
import { blankedLine, mostCandidates } from '../text-rules.ts';

/** Log-odds of the model from which a persona sees a finding; the card of the model says what each costs. */
const thresholds = { auditor: -0.9, pedantic: 0.5 } as const;
/** A random-looking value needs less: that a person chose to keep noise under such a name says most of it. */
const strongThreshold = -0.9;
const shortest = 4;
const never = new Set(['reference', 'empty', 'call', 'dotted', 'sentence', 'version', 'address']);
/** What tools that clean recordings leave behind. */
const redacted = /removed|redacted|masked|filtered|scrubbed|omitted|censored|\bhidden\b|\*{3}|x{6}/i;
const strongLength = 12;
const strongEntropy = 3;

export default defineDetector({
  id: 'secrets/assigned-credential',
  title: 'Hard-coded credential',
  surface: 'secrets',
  severity: 'high',
  confidence: 'medium',
  persona: 'regular',
  cwe: [798, 259],
  consequence: 'Whoever can read this file can log in with the credential written in it.',
  remediation: 'Change the credential, then read it from the environment or a secret store instead of the source.',
  references: ['https://cwe.mitre.org/data/definitions/798.html', 'https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html'],
  needs: credentialWords,
  detect(doc, hits, ctx) {
    const model = ctx.model('assigned-credential');
    if (model === undefined || doc.traits.lockfile) return [];
    const found: { assignment: Assignment; odds: number }[] = [];
    for (const assignment of findAssignments(doc, hits)) {
      if (!isCandidate(assignment)) continue;
      const odds = logOdds(model, credentialFeatures(doc, assignment));
      if (odds >= thresholds.auditor) found.push({ assignment, odds });
      if (found.length >= mostCandidates || ctx.overBudget()) break;
    }
    return toMatches(doc, found, ctx);
  },
});

/** What can be ruled out without the model, which is most of what is assigned to such names. */
function isCandidate({ value }: Assignment): boolean {
  return value.length >= shortest && !never.has(valueKind(value)) && !redacted.test(value) && sealedReason(value) === undefined;
}

function toMatches(doc: Document, found: readonly { assignment: Assignment; odds: number }[], ctx: DetectContext): Match[] {
  if (found.length === 0) return [];
  const index = lineIndex(doc.bytes);
  return found.map(({ assignment, odds }) => {
    const strong = isStrong(assignment.value);
    const fix = environmentFix(doc, index, assignment);
    return {
      region: index.region(assignment.start, assignment.end),
      message: `A ${strong ? 'random-looking' : 'readable'} value is assigned to a name that speaks of credentials.`,
      confidence: confidenceOf(odds),
      ...(strong ? {} : { severity: 'medium' }),
      persona: personaOf(doc, assignment, odds, strong),
      evidence: evidenceOf(assignment.value, odds, strong),
      context: blankedLine(doc, index, assignment.start, assignment.end),
      secretDigest: ctx.digest(assignment.value),
      ...(fix === undefined ? {} : { fix }),
    };
  });
}

function isStrong(value: string): boolean {
  return value.length >= strongLength && entropy(value) >= strongEntropy && (/\d/.test(value) || switchesCase(value)) && !/\s/.test(value);
}

/** Letters alone look random when their case changes far more often than words make it. */
function switchesCase(value: string): boolean {
  const switches = value.match(/[a-z](?=[A-Z])|[A-Z](?=[a-z])/g)?.length ?? 0;
  return switches / value.length > 0.35;
}

function confidenceOf(odds: number): Confidence {
  return odds >= thresholds.pedantic ? 'medium' : 'low';
}

/** Last words of names of what belongs to a credential and gives nothing away: its identifier, its digest, a number that is used once. */
const beside = new Set(['id', 'ids', 'uid', 'uuid', 'guid', 'hash', 'digest', 'fingerprint', 'thumbprint']);
/** Whoever sends a request twice makes one up, so that it is done once. */
const onceOnly = /client[_-]?token|idempoten/i;

function isBeside(name: string): boolean {
  const words = wordsOf(name);
  return beside.has(words.at(-1) ?? '') || words.includes('hashed') || words.includes('nonce');
}

/** The regular persona sees what is likely, random-looking, and not among tests, examples or documentation. */
function personaOf({ traits, generated }: Document, { name, value }: Assignment, odds: number, strong: boolean): Persona {
  const aside = traits.test || traits.example || traits.documentation || traits.vendored || generated || isBeside(name) || (onceOnly.test(name) && /[0-9a-f]{8}-[0-9a-f]{4}-/i.test(value));
  if (odds >= strongThreshold && !aside && strong && placeholderReason(value) === undefined) return 'regular';
  return odds >= thresholds.pedantic && !traits.test ? 'pedantic' : 'auditor';
}

function evidenceOf(value: string, odds: number, strong: boolean): Evidence[] {
  const likely = `the model for such values says ${Math.round(100 * probability(odds))} %`;
  const shape: Evidence = strong
    ? { factor: 'value.random', detail: `${value.length} characters, ${entropy(value).toFixed(1)} bits of entropy per character` }
    : { factor: 'value.weak', detail: 'short or made of words' };
  return [{ factor: 'context.assigned', detail: likely }, shape];
}
