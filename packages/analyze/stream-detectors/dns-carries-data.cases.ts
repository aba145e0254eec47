import { defineStreamCases } from '#model/stream-cases.ts';
import type { CaseObservation } from '#model/stream-cases.ts';

const day = 86_400_000;
const start = Date.UTC(2026, 2, 2);

function question(ip: string, hostname: string, time: number, type = 'A'): CaseObservation {
  return { logsource: { category: 'dns' }, time, event: { class_uid: 4003, activity_id: 6, query: { hostname, type }, src_endpoint: { ip } } };
}

/** Base 32 of a counter: names as a tunnel writes them. */
function coded(seed: number, length: number): string {
  let text = '';
  let bits = seed + 1;
  while (text.length < length) {
    bits = (Math.imul(bits, 0x19660d) + 0x3c6ef35f) >>> 0;
    text += 'abcdefghijklmnopqrstuvwxyz234567'[bits >>> 27] ?? '';
  }
  return text;
}

const sites = ['shop.example', 'news.example', 'mail.example', 'bank.co.uk', 'files.example', 'video.example'];
/** Twelve clients for six days; one domain of a network of delivery gets coded names from all of them. */
const usual: readonly CaseObservation[] = Array.from({ length: 6 * 12 * 8 }, (_, at) => {
  const [days, client, turn] = [Math.floor(at / 96), Math.floor(at / 8) % 12, at % 8];
  const time = start + days * day + client * 3_600_000 + turn * 60_000;
  const ip = `10.0.0.${client + 1}`;
  return turn === 7 ? question(ip, `${coded(at, 12)}.cdn.example`, time) : question(ip, `${['www', 'api', 'static', 'login'][turn % 4]}.${sites[(client + turn) % sites.length]}`, time);
});
const later = start + 6 * day;

const tunnel = (ip: string, domain: string, from: number, count: number, length = 50, type = 'A'): CaseObservation[] =>
  Array.from({ length: count }, (_, at) => question(ip, `${coded(at + 7, length)}.${domain}`, from + at * 2_000, type));

export default defineStreamCases({
  fires: [
    { name: 'long names that never come again, below a new domain', observations: [...usual, ...tunnel('10.0.0.3', 't.evil.example', later, 200)] },
    { name: 'few of them, for texts', observations: [...usual, ...tunnel('10.0.0.5', 'evil.example', later, 90, 48, 'TXT')] },
    { name: 'slowly, over half a day', observations: [...usual, ...tunnel('10.0.0.4', 'evil.example', later, 120).map((one, at) => ({ ...one, time: later + at * 360_000 }))] },
  ],
  silent: [
    { name: 'more of the same', observations: [...usual, ...usual.slice(0, 96).map((one) => ({ ...one, time: (one.time ?? 0) + 6 * day }))] },
    { name: 'many names before anything is known', observations: tunnel('10.0.0.3', 'evil.example', start, 200) },
    { name: 'one long name, again and again', observations: [...usual, ...Array.from({ length: 300 }, (_, at) => question('10.0.0.3', `${coded(1, 50)}.shop.example`, later + at * 1000))] },
    { name: 'coded names below a domain that always had them', observations: [...usual.flatMap((one, at) => (at % 8 === 7 ? [one, ...tunnel('10.0.0.9', 'cdn.example', (one.time ?? 0), 20, 30)] : [one])), ...tunnel('10.0.0.9', 'cdn.example', later, 20, 30)] },
    { name: 'addresses that are looked up backwards', observations: [...usual, ...Array.from({ length: 400 }, (_, at) => question('10.0.0.3', `${at % 256}.${at >> 8}.0.10.in-addr.arpa`, later + at * 1000))] },
    { name: 'what is no name', observations: [...usual, question('10.0.0.3', '', later), question('10.0.0.3', '.', later), question('', 'a.b.example', later)] },
  ],
});
