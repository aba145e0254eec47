import { defineDetector } from '#model/unit.ts';
import { lineIndex } from '../line-index.ts';
import { blankedLine, mostCandidates } from '../text-rules.ts';

const uuid = /(?<![0-9A-Za-z-])(?:[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9A-F]{8}-(?:[0-9A-F]{4}-){3}[0-9A-F]{12})(?![0-9A-Za-z-])/g;

/** The tail that all interface identifiers of COM share. */
const interfaceTail = /c000-000000000046$/i;
const fewestDigits = 8;

export default defineDetector({
  id: 'secrets/uuid-value',
  title: 'UUID that may be a key',
  surface: 'secrets',
  severity: 'low',
  confidence: 'low',
  persona: 'auditor',
  cwe: [798],
  consequence: 'Where a service takes a UUID as its key, whoever reads it can use that service.',
  remediation: 'Check what the UUID opens; if it is a key, revoke it and read it from a secret store.',
  references: ['https://www.rfc-editor.org/rfc/rfc9562#section-8'],
  needs: [],
  detect(doc, _hits, ctx) {
    if (doc.traits.lockfile) return [];
    const places = [...doc.text.matchAll(uuid).filter(([text]) => isRandom(text)).take(mostCandidates)];
    if (places.length === 0) return [];
    const index = lineIndex(doc.bytes);
    return places.map(({ 0: value, index: start }) => ({
      region: index.region(start, start + value.length),
      message: 'A random UUID is written here; some services use one as a key.',
      evidence: [{ factor: 'value.random', detail: 'a UUID that is not made by counting' }],
      context: blankedLine(doc, index, start, start + value.length),
      secretDigest: ctx.digest(value.toLowerCase()),
    }));
  },
});

/** Counted, zeroed and well-known identifiers use few different digits or the tail of COM. */
function isRandom(text: string): boolean {
  const digits = text.toLowerCase().replaceAll('-', '');
  return new Set(digits).size >= fewestDigits && !interfaceTail.test(text) && !/0123456789|123456789|abcdef01|(.)\1{5}/.test(digits);
}
