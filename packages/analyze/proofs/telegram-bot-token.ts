import { defineProof } from '#model/unit.ts';
import { entropy } from '../entropy.ts';

const url = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** The bot's id, then 35 characters that begin with `AA`: the high bytes of the hash are zero. */
export default defineProof({
  id: 'telegram-bot-token',
  title: 'Telegram bot token',
  check(value) {
    const found = /^(?<id>[1-9]\d{6,10}):(?<hash>AA[0-9A-Za-z_-]{32,33})$/.exec(value)?.groups;
    if (found === undefined) return { verdict: 'invalid', detail: 'not in the form of a bot token' };
    if (entropy(found.hash as string) < 3.5) return { verdict: 'invalid', detail: 'not random' };
    // Ids that the vendor's documentation and tutorials use.
    if (/^(?:110201543|123456789\d{0,2}|1234567)$/.test(found.id as string)) return { verdict: 'invalid', detail: 'the sample of documentation' };
    return { verdict: 'valid', detail: 'id and hash are in their places' };
  },
  example: (random) => `${random('56789', 1)}${random('0123456789', 9)}:AA${random(url, 33)}`,
});
