import { spreading } from './gram-filter.ts';
import { bytesOf } from './text-bytes.ts';

/** Bytes of a gram; the first is its lowest byte. */
export type GramSize = 4 | 3 | 2;

export const gramMasks: Readonly<Record<GramSize, number>> = { 4: -1, 3: 0xff_ffff, 2: 0xffff };

/** What most texts of logs have in common. */
const commonplace = [
  'c:\\windows\\system32\\', 'c:\\windows\\syswow64\\', 'c:\\program files (x86)\\', 'c:\\programdata\\', 'c:\\users\\public\\appdata\\local\\temp\\',
  'appdata\\roaming\\', 'hklm\\software\\microsoft\\windows\\currentversion\\', 'hkey_local_machine', 'system\\currentcontrolset\\services\\', 'wow6432node',
  'windowspowershell\\v1.0\\powershell.exe', 'cmd.exe /c ', 'explorer.exe', 'svchost.exe -k ', '.dll,', 'microsoft corporation', 'microsoft\\windows', 'windows nt\\',
  'https://www.', 'http://', '.com/', '/usr/bin/', '/bin/sh -c ', '/etc/', 'sha256=', 'amazonaws.com', 'arn:aws:iam::', 'user', 'name', 'true', 'false', 'null', 'file', 'execut',
].join('\0');

const places = 1 << 14;
const most = 0xffff;

/** About how often grams stand in texts: what a literal is looked for by should be rare. Grams may share a place. */
export class GramCounts {
  private readonly counts = new Uint16Array(places);

  static ofCommonplaces(): GramCounts {
    const counts = new GramCounts();
    const bytes = bytesOf(commonplace);
    counts.notice(bytes, bytes.length);
    return counts;
  }

  notice(bytes: Uint8Array, length: number): void {
    let gram = 0;
    for (let at = 0; at < length; at++) {
      gram = (gram >>> 8) | ((bytes[at] as number) << 24);
      if (at > 0) this.count(gram >>> 16, 2);
      if (at > 1) this.count(gram >>> 8, 3);
      if (at > 2) this.count(gram, 4);
    }
  }

  of(gram: number, size: GramSize): number {
    return this.counts[placeOf(gram, size)] as number;
  }

  private count(gram: number, size: GramSize): void {
    const place = placeOf(gram, size);
    const count = this.counts[place] as number;
    if (count < most) this.counts[place] = count + 1;
  }
}

function placeOf(gram: number, size: GramSize): number {
  return (Math.imul(gram ^ size, spreading) >>> 7) & (places - 1);
}

export function gramsIn(bytes: Uint8Array, size: GramSize): number[] {
  const grams: number[] = [];
  for (let at = 0; at + size <= bytes.length; at++) {
    let gram = 0;
    for (let index = 0; index < size; index++) gram |= (bytes[at + index] as number) << (8 * index);
    grams.push(gram);
  }
  return grams;
}
