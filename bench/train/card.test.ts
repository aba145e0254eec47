import { describe, expect, it } from 'vitest';
import { parseModelCard } from '#formats/model-card.ts';
import { withFigures } from './card.ts';

const card = `version: '1'
title: A card
kind: shipped
purpose: To be tested
usedBy: [secrets/x]
data:
  - {name: 'somebody''s data', origin: here, licence: none, use: training}
split: none
figures:
  - {set: 'somebody''s data', measure: old, value: 1, command: none}
  - set: 'somebody''s data'
    measure: old too
    value: 2
    command: none
limits: [all]
training: none
drift: none
references: []
`;

describe('withFigures', () => {
  it('replaces the figures and nothing else', () => {
    const figure = { set: "somebody's data", measure: 'F1', value: 0.5, command: 'npm run train' };
    const result = parseModelCard('x', withFigures(card, [figure]));
    expect(result).toEqual({ card: { ...('card' in result ? result.card : {}), figures: [figure], limits: ['all'], purpose: 'To be tested' } });
  });

  it('refuses a card that has none', () => {
    expect(() => withFigures('title: x\n', [])).toThrow('no `figures:`');
  });
});
