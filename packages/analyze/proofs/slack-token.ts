import { defineProof } from '#model/unit.ts';
import { entropy } from '../entropy.ts';

const digits = '0123456789';
const alnum = `${digits}ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz`;

/** Slack's tokens carry decimal ids (team, app, user) before the random part. */
const shapes = [
  /^xoxb-(?:[1-9]\d{9,13}-){1,2}(?<random>[0-9A-Za-z]{24})$/,
  /^xox[pcs]-(?:[1-9]\d{9,13}-){3}(?<random>[0-9a-f]{32}|[0-9a-f]{64})$/,
  /^xox[ar]-(?:2-)?(?:[1-9]\d{9,13}-){1,3}(?<random>[0-9a-f]{32}|[0-9A-Za-z]{24,64})$/,
  /^xoxe(?:\.xox[bp])?-1-(?<random>[0-9A-Za-z+/=_-]{140,180})$/,
  /^xapp-1-A[0-9A-Z]{8,11}-[1-9]\d{9,13}-(?<random>[0-9a-f]{64})$/,
];

export default defineProof({
  id: 'slack-token',
  title: 'Slack token',
  check(value) {
    if (!/^(?:xox[abceprs]|xapp)[-.]/.test(value)) return { verdict: 'invalid', detail: 'not in the form of a Slack token' };
    const secret = value.slice(value.lastIndexOf('-') + 1);
    if (entropy(secret) < 2) return { verdict: 'invalid', detail: 'its random part repeats itself' };
    const random = shapes.map((shape) => shape.exec(value)?.groups?.random).find((part) => part !== undefined);
    if (random === undefined || /-1234567890|-(\d)\1{7}/.test(value)) return { verdict: 'unknown', detail: 'ids or lengths are unusual' };
    return { verdict: 'valid', detail: 'ids and random part are in their places' };
  },
  example: (random) => `xoxb-${random('23456789', 1)}${random(digits, 11)}-${random('23456789', 1)}${random(digits, 12)}-${random(alnum, 24)}`,
});
