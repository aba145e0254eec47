import { clip } from '#formats/clip.ts';
import { memberAt, memberText } from '#formats/ocsf-member.ts';
import { visibleText } from '#formats/visible-text.ts';
import type { Event } from '#model/event.ts';

/** Who speaks to whom, as far as an event says. */
export function sourceOf(event: Event): string | undefined {
  return partyAt(event, 'src_endpoint');
}

/** The name that was asked for where the event has it: addresses behind a name change. */
export function destinationOf(event: Event): string | undefined {
  const name = memberText(event, 'http_request', 'url', 'hostname') ?? memberText(event, 'dst_endpoint', 'hostname') ?? memberText(event, 'dst_endpoint', 'domain');
  return name === undefined ? partyAt(event, 'dst_endpoint') : name.toLowerCase().slice(0, longest);
}

const longest = 253;

function partyAt(event: Event, side: string): string | undefined {
  const found = memberText(event, side, 'instance_uid') ?? memberText(event, side, 'hostname') ?? memberText(event, side, 'ip') ?? memberText(event, side, 'name');
  return found === undefined || found === 'unknown' ? undefined : found.slice(0, longest);
}

export function portOf(event: Event): number {
  const port = memberAt(event, 'dst_endpoint', 'port');
  return typeof port === 'number' && port >= 0 && port <= 65_535 ? port : 0;
}

/** Bytes that the source sent; without directions, all of them. */
export function bytesOutOf(event: Event): number {
  const sent = memberAt(event, 'traffic', 'bytes_out') ?? memberAt(event, 'http_request', 'length') ?? memberAt(event, 'traffic', 'bytes');
  return typeof sent === 'number' && sent > 0 && sent < 1e15 ? sent : 0;
}

export function shown(text: string): string {
  return visibleText(clip(text, 60));
}

export function bytesShown(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  const value = bytes / 1000 ** power;
  return `${value < 10 && power > 0 ? value.toFixed(1) : Math.round(value)} ${units[power]}`;
}
