import { afterAll, describe, expect, test } from 'vitest';
import { controlCases } from './chaos/control.cases.ts';
import { envelopeCases } from './chaos/envelope.cases.ts';
import { policyCases } from './chaos/policy.cases.ts';
import { scopeCases } from './chaos/scope.cases.ts';
import { type ChaosCase, removeStages, Stage } from './chaos/stage.ts';
import { statementCases } from './chaos/statement.cases.ts';
import { treeCases } from './chaos/tree.cases.ts';

const attacks = [...envelopeCases, ...treeCases, ...statementCases, ...scopeCases, ...policyCases];
const tally = { attacks: 0, falsePasses: 0, controls: 0, falseBlocks: 0 };

afterAll(() => {
  removeStages();
  process.stdout.write(
    `gate: ${tally.attacks} attacks, ${tally.falsePasses} false passes; ${tally.controls} clean controls, ${tally.falseBlocks} false blocks\n`,
  );
});

async function run({ act, git }: ChaosCase) {
  const stage = await Stage.begin(git === true ? 'git' : 'plain');
  await act(stage);
  return stage.judge();
}

test('there are enough cases, each of its own name', () => {
  expect(attacks.length).toBeGreaterThanOrEqual(100);
  expect(controlCases.length).toBeGreaterThanOrEqual(15);
  const names = [...attacks, ...controlCases].map(({ name }) => name);
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
});

describe('never passes', () => {
  test.each(attacks.map((item) => [item.name, item] as const))('%s', async (_, item) => {
    const decision = await run(item);
    tally.attacks++;
    if (decision.verdict === 'pass') tally.falsePasses++;
    expect(decision.verdict, decision.reasons.join('\n')).toBe(item.expect ?? 'unknown');
    expect(decision.reasons.length).toBeGreaterThan(0);
    expect(decision.bypass).toBeUndefined();
  });
});

describe('passes', () => {
  test.each(controlCases.map((item) => [item.name, item] as const))('%s', async (_, item) => {
    const decision = await run(item);
    tally.controls++;
    if (decision.verdict !== 'pass') tally.falseBlocks++;
    expect(decision.verdict, decision.reasons.join('\n')).toBe('pass');
  });
});
