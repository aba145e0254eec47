import { expect, it } from 'vitest';
import { ciCompromise, day } from './ci-compromise.ts';

it('is the same every time, covers a day, and names only what is set aside for documentation', () => {
  const lines = ciCompromise();
  expect(ciCompromise()).toEqual(lines);
  expect(lines.length).toBeGreaterThan(5_000);
  const text = lines.join('\n');
  const times = lines.flatMap((line) => /"(?:@timestamp)":(\d+)/.exec(line)?.[1] ?? []).map(Number);
  expect(Math.min(...times)).toBeGreaterThanOrEqual(day);
  expect(Math.max(...times)).toBeLessThan(day + 86_400_000);
  // RFC 5737 and RFC 1918.
  const addresses = text.match(/(?<=(?:IPAddress|ipAddress|actor_ip)":"|sourceIPs":\["|^)(?:\d{1,3}\.){3}\d{1,3}/gm) ?? [];
  expect(addresses.length).toBeGreaterThan(4_000);
  expect(addresses.filter((address) => !/^(?:192\.0\.2|198\.51\.100|203\.0\.113|10)\./.test(address))).toEqual([]);
});
