import { defineProof } from '#model/unit.ts';
import { bytesOfLatin1, decodeBase64, encodeBase64, latin1 } from '../base64.ts';

const alnum = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** After `ABSK`, base64 of `BedrockAPIKey-` with a name, the account and a random part. */
export default defineProof({
  id: 'aws-bedrock-key',
  title: 'Amazon Bedrock API key',
  check(value) {
    const bytes = value.startsWith('ABSK') ? decodeBase64(value.slice(4)) : undefined;
    const text = bytes === undefined ? '' : latin1(bytes);
    if (!text.startsWith('BedrockAPIKey-')) return { verdict: 'invalid', detail: 'does not decode to a Bedrock key' };
    if (!/^BedrockAPIKey-[\x21-\x7e]{20,}$/.test(text)) return { verdict: 'invalid', detail: 'its body is made up' };
    if (!/^[\w-]{16,50}-at-\d{12}:.{20,}$/.test(text)) return { verdict: 'unknown', detail: 'decodes to a Bedrock key of another make' };
    return { verdict: 'valid', detail: 'decodes to a Bedrock key with its account' };
  },
  example: (random) => `ABSK${encodeBase64(bytesOfLatin1(`BedrockAPIKey-${random(alnum.slice(36), 4)}-at-${random('123456789', 12)}:${random(alnum, 48)}`))}`,
});
