import { defineProof } from '#model/unit.ts';
import { bytesOfLatin1, decodeBase64, encodeBase64, latin1 } from '../base64.ts';

const url = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const epoch = 1_420_070_400_000; // Discord's ids count milliseconds from 2015
const day = 86_400_000;

/** The first part is the bot's id in base64: a snowflake, whose upper bits are the time it was made. */
export default defineProof({
  id: 'discord-bot-token',
  title: 'Discord bot token',
  check(value, ctx) {
    const first = decodeBase64(value.split('.')[0] ?? '');
    const id = first === undefined ? '' : latin1(first);
    if (!/^[1-9]\d{16,19}$/.test(id)) return { verdict: 'invalid', detail: 'its first part is no id' };
    const made = Number(BigInt(id) >> 22n) + epoch;
    if (made > Date.parse(ctx.today) + day) return { verdict: 'invalid', detail: 'its id lies in the future' };
    return { verdict: 'valid', detail: 'its first part is the id of a bot' };
  },
  example(random) {
    const id = encodeBase64(bytesOfLatin1(`${random('3456789', 1)}${random('0123456789', 17)}`), 'url');
    return `${id}.${random('GHXYZ', 1)}${random(url, 5)}.${random(url, 38)}`;
  },
});
