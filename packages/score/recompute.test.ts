import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { confidences, severities } from '#model/severity.ts';
import { factors } from './factors.ts';
import { assessRisk } from './risk.ts';

const program = fileURLToPath(new URL('./recompute.py', import.meta.url));
const python = ['python3', 'python'].find((name) => spawnSync(name, ['--version']).status === 0);

/** Every severity and confidence with no, one and two further factors. */
function allRisks(): unknown[] {
  const others = [...factors.keys()].filter((name) => !/^(?:severity|confidence)\./.test(name));
  const sets = [[], ...others.map((one) => [one]), ...others.flatMap((one, at) => others.slice(at + 1).map((two) => [one, two]))];
  return severities.flatMap((severity) =>
    confidences.flatMap((confidence) => sets.map((set) => ({ risk: assessRisk(severity, confidence, set.map((factor) => ({ factor, detail: '' }))) }))),
  );
}

it('follows from the factors in the report: recomputed in Python', () => {
  const findings = allRisks();
  if (python === undefined) {
    // The machine promises git, Node and npm only: without Python the same formula is applied here.
    process.stderr.write('recompute.test: no Python on this machine; recomputed in TypeScript instead\n');
    for (const { risk } of findings as { risk: ReturnType<typeof assessRisk> }[]) {
      const odds = risk.factors.filter((one) => one.on === 'likelihood').reduce((sum, one) => sum + one.weight, 0);
      expect(risk.likelihood).toBeCloseTo(1 / (1 + Math.exp(-Math.max(-6, Math.min(6, odds)))), 3);
    }
    return;
  }
  const { stdout, status } = spawnSync(python, [program], { input: JSON.stringify({ findings }), encoding: 'utf8' });
  expect(stdout.trim()).toBe(`${findings.length} of ${findings.length} risks agree`);
  expect(status).toBe(0);
});
