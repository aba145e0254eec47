import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openState } from '#store/state.ts';
import { DriftWatch } from './drift-watch.ts';
import { watchFolder } from './incidents.ts';
import { evaluateModel, modelStatus, modelStatuses } from './model-desk.ts';
import { modelCard, modelList, modelPage } from './model-printer.ts';

const id = 'assigned-credential';
const look = { color: false, width: 100 };
const stateDir = mkdtempSync(join(tmpdir(), 'watchward-models-'));
afterAll(() => rmSync(stateDir, { recursive: true, force: true }));

/** What a watch keeps of a model that is surprised five times as often as it promises. */
function keepLoudWeek(): void {
  const watch = new DriftWatch(new Map());
  for (let at = 0; at < 7_000; at++) watch.note('event/any', { signals: [], judged: [{ model: id, surprise: at % 20 === 0 ? 2.1 : 0.3 }] }, at * 80_000);
  const state = openState(join(watchFolder(stateDir), 'state'));
  state.commit(1, { at: 1, positions: new Map(), parts: watch.changedParts(), incidents: [], outbox: [] });
  state.close();
}

describe('models', () => {
  it('have no drift where no watch kept anything', async () => {
    expect((await modelStatus(id, [], stateDir)).drift).toBeUndefined();
  });

  it('tell of the surprises that a watch kept, in the list, the card and its page', async () => {
    keepLoudWeek();
    const status = await modelStatus(id, [id], stateDir);
    expect(status.on).toBe(false);
    expect(status.drift?.band).toBe('loud');
    expect(status.drift?.days.length).toBe(7);
    expect(modelList([status], look)).toMatch(/^off {2}assigned-credential[\s\S]*LOUD: of \S+ events of the newest (?:day|7 days), \S+ had a surprise of 2 or more/);
    expect(modelCard(status, look)).toContain('promised');
    expect(modelPage(status)).toContain('In operation: LOUD');
  });

  it('are all there, each with an evaluation, and unknown ones are named', async () => {
    expect((await modelStatuses([], stateDir)).every(({ evaluations }) => evaluations.length > 0)).toBe(true);
    await expect(modelStatuses(['nobody'], stateDir)).rejects.toThrow('there is no model nobody');
    await expect(evaluateModel('nobody', stateDir)).rejects.toThrow('there is no model nobody');
  });
});
