import { defineDetector } from '#model/unit.ts';
import { entropy } from '../entropy.ts';
import { lineIndex } from '../line-index.ts';
import { countingReason, standInReason } from '../placeholders.ts';
import { blankedLine, mostCandidates } from '../text-rules.ts';

/** A name that ends in a word for a secret, then the value: on a command line, in notes, in a log. What assigns is another's business. */
const beside = /(?<=[a-z0-9_.-])[ _.-]{0,2}(?:secret|token|apikey|key|private|access)(?:[ _.-]?(?:key|token|tok|secret|access))?(?:[ \t]{1,4}|-)(?<secret>[a-z0-9_+=-]{20,200})(?![a-z0-9_+/.=:(@-])/gi;

/** Fingerprints of OpenPGP keys, which are public. */
const fingerprint = /^(?:[0-9A-F]{16}|[0-9A-F]{32}|[0-9A-F]{40})$/;
const fewestBits = 3.2;
const fewestSwitches = 3;

export default defineDetector({
  id: 'secrets/value-beside-key-word',
  title: 'Random value beside a word for a secret',
  surface: 'secrets',
  severity: 'medium',
  confidence: 'low',
  persona: 'auditor',
  cwe: [798],
  consequence: 'If the value is the secret that the word before it names, whoever reads it can use it.',
  remediation: 'Check what the value opens; if it is a secret, revoke it and read it from the environment or a secret store.',
  references: ['https://cwe.mitre.org/data/definitions/798.html'],
  needs: ['secret', 'token', 'key', 'private', 'access'],
  detect(doc, _hits, ctx) {
    if (doc.traits.lockfile || doc.generated) return [];
    const places = [...doc.text.matchAll(beside)].flatMap(({ 0: whole, index, groups }) => {
      const value = groups?.secret as string;
      const end = index + whole.length;
      const start = end - value.length;
      return isRandom(value) && !isOneToken(doc.text, start) ? [{ value, start, end }] : [];
    });
    if (places.length === 0) return [];
    const index = lineIndex(doc.bytes);
    return places.slice(0, mostCandidates).map(({ value, start, end }) => {
      const counting = countingReason(value);
      return {
        region: index.region(start, end),
        message: 'A value that looks drawn at random stands right behind a word for a secret.',
        evidence: [
          counting === undefined
            ? { factor: 'value.random', detail: `${value.length} characters, ${entropy(value).toFixed(1)} bits of entropy per character` }
            : { factor: 'value.made-up', detail: counting },
        ],
        context: blankedLine(doc, index, start, end),
        secretDigest: ctx.digest(value),
      };
    });
  },
});

/** `nvkey-...` is the prefix of a token, for the rule of its provider to judge; nobody writes a prefix in capitals. */
function isOneToken(text: string, start: number): boolean {
  return text[start - 1] === '-' && !/(?:[A-Z]{3}|secret[-_]?key)-$/.test(text.slice(Math.max(0, start - 12), start));
}

/** Letters and digits in turns: not a word, a number, a date, a name with a version, or words joined by hyphens with a number at the end. */
function isRandom(value: string): boolean {
  const switches = value.match(/[a-z](?=\d)|\d(?=[a-z])/gi)?.length ?? 0;
  if (switches < fewestSwitches || entropy(value) < fewestBits || standInReason(value) !== undefined || fingerprint.test(value)) return false;
  const words = value.split(/[-_]/).filter((part) => /^[a-z]{3,}$/i.test(part));
  return words.length <= 1;
}
