import { describe, expect, it } from 'vitest';
import { detectors, proofs } from '#generated/analysis.ts';
import { createAnalyzer } from '#analyze/analyzer.ts';
import { toDocument } from '#normalize/document.ts';
import { seededRandom } from './case-text.ts';
import { caseContext } from './unit-cases.ts';
import { applyFix, verifyFixes } from './verify-fixes.ts';

const analyzer = createAnalyzer({ rules: [], detectors: detectors.filter((detector) => detector.id === 'secrets/assigned-credential'), proofs });
const secret = seededRandom('fixes')('ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789', 24);

function fixed(path: string, text: string): { text: string; verified: boolean }[] {
  const normal = toDocument({ path, bytes: Buffer.from(text) }, (bytes) => Buffer.from(bytes).toString('latin1'));
  if ('binary' in normal) throw new Error('binary');
  const ctx = caseContext();
  return verifyFixes(normal.document, analyzer.analyze(normal.document, ctx), (doc) => analyzer.analyze(doc, ctx)).flatMap(({ match: { fix } }) => (fix === undefined ? [] : [{ text: applyFix(text, fix), verified: fix.verified }]));
}

describe('fixes of assigned credentials', () => {
  it.each([
    ['a.ts', `// é🙂\nconst dbPassword = '${secret}';\n`, '// é🙂\nconst dbPassword = process.env.DB_PASSWORD;\n'],
    ['a.py', `API_SECRET = "${secret}"\n`, 'API_SECRET = os.environ["API_SECRET"]\n'],
    ['A.java', `  String jwtPassword = "${secret}";\n`, '  String jwtPassword = System.getenv("JWT_PASSWORD");\n'],
    ['a.rb', `config.smtp_password = '${secret}'\n`, 'config.smtp_password = ENV.fetch("SMTP_PASSWORD")\n'],
  ])('reads it from the environment in %s, and the finding is gone', (path, before, after) => {
    expect(fixed(path, before)).toEqual([{ text: after, verified: true }]);
  });

  it('leaves parts of expressions and other formats alone', () => {
    expect(fixed('a.ts', `const dbPassword = '${secret}' + suffix;\n`)).toEqual([]);
    expect(fixed('a.yml', `password: "${secret}"\n`)).toEqual([]);
  });

  it('does not call a fix verified that leaves the value elsewhere on its own', () => {
    const twice = `const dbPassword = '${secret}';\nconst mailPassword = '${secret}';\n`;
    for (const one of fixed('a.ts', twice)) expect(one.text.split(secret).length).toBe(2);
  });

  it('does not call a fix verified after which the file can no longer be read', () => {
    const text = `const dbPassword = '${secret}';\n`;
    const normal = toDocument({ path: 'a.ts', bytes: Buffer.from(text) }, (bytes) => Buffer.from(bytes).toString('latin1'));
    if ('binary' in normal) throw new Error('binary');
    const before = analyzer.analyze(normal.document, caseContext());
    const broken = { matches: [], diagnostics: [{ code: 'pattern-unparsed' as const, path: 'a.ts', message: 'line 1 could not be read' }] };
    expect(verifyFixes(normal.document, before, () => broken).map(({ match: { fix } }) => fix?.verified)).toEqual([false]);
    expect(verifyFixes(normal.document, before, () => ({ ...broken, diagnostics: [] })).map(({ match: { fix } }) => fix?.verified)).toEqual([true]);
  });
});
