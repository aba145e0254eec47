import type { CheckCases } from '../repo.ts';

const letters = 'AbCdEfGh2345'.repeat(6);
const page = (text: string) => ({ at: 'a.env', tree: { 'a.env': text } });

export default {
  bad: [
    { why: 'a key id of AWS', ...page(`KEY=${'AK'}IA${'ABCDEFGH'.repeat(2)}`) },
    { why: 'a token of GitHub', ...page(`KEY=${'gh'}p_${letters.slice(0, 36)}`) },
    { why: 'a private key', ...page(`-----BEGIN ${'PRIVATE'} KEY-----\n${letters}\n`) },
  ],
  good: [{ 'a.env': 'KEY=${proof:github-token} AKIAEXAMPLE ghp_<token> -----BEGIN PRIVATE KEY-----\n...\n' }],
} satisfies CheckCases;
