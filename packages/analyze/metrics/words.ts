import { clip } from '#formats/clip.ts';
import { visibleText } from '#formats/visible-text.ts';
import type { Band } from '#learn/series/replay.ts';
import type { Sample } from './sample.ts';
import type { Odd } from './watch.ts';

const longest = 40;

/** `cpu_percent of runner-03`. */
export function seriesWords({ name, subject }: Pick<Sample, 'name' | 'subject'>): string {
  return subject === '' ? shown(name) : `${shown(name)} of ${shown(subject)}`;
}

function shown(text: string): string {
  return clip(visibleText(clip(text, longest)), longest);
}

/** `97 %`, `1.2 GB`, `340/s`: what the name says of its unit. */
function valueWords(value: number, { name, grows }: Pick<Sample, 'name' | 'grows'>): string {
  const lower = name.toLowerCase();
  const unit = /percent|pct|utili[sz]ation/.test(lower) ? ' %' : '';
  return `${lower.includes('bytes') ? byteWords(value) : `${numberWords(value)}${unit}`}${grows ? '/s' : ''}`;
}

function bandWords({ low, high }: Band, sample: Pick<Sample, 'name' | 'grows'>): string {
  return `${valueWords(low, sample)} to ${valueWords(high, sample)}`;
}

function byteWords(value: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];
  const at = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, Math.abs(value))) / 3)));
  return `${numberWords(value / 1000 ** at)} ${units[at] ?? 'B'}`;
}

/** Three digits say enough. */
function numberWords(value: number): string {
  return String(Number(value.toPrecision(Math.abs(value) >= 1000 && Math.abs(value) < 1e6 ? Math.ceil(Math.log10(Math.abs(value) + 1)) : 3)));
}

function daysWords(milliseconds: number): string {
  const days = Math.round(milliseconds / 86_400_000);
  return days === 1 ? '1 day' : `${days} days`;
}

function spanWords(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000);
  return minutes < 120 ? `${minutes} minutes` : `${Math.round(minutes / 60)} h`;
}

/** What is odd, with numbers. */
export function oddWords(sample: Sample, odd: Odd): string {
  const { what, value, band, least, most } = odd;
  const words = `${seriesWords(sample)} at ${valueWords(value, sample)}`;
  const usual = band === undefined ? '' : `, band ${bandWords(band, sample)} at this hour`;
  const known = `${daysWords(odd.known)} known`;
  switch (what) {
    case 'high': return `${words}${usual}, never above ${valueWords(most, sample)} in ${known}`;
    case 'low': return `${words}${usual}, never below ${valueWords(least, sample)} in ${known}`;
    case 'new': return `${words}${usual}, between ${valueWords(least, sample)} and ${valueWords(most, sample)} but where it never was in ${known}`;
    case 'hour': return `${words}${usual}, so for about an hour, ${known}`;
    case 'stuck': return `${words} without any change for ${spanWords(odd.lasts)}, ${known}`;
    case 'stays': return `${words}, for ${spanWords(odd.lasts)} above ${valueWords(odd.edge, sample)}, the upper edge of its band when that began, ${known}`;
  }
}
