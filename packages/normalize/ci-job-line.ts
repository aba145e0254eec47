/** One line of the log of a CI job: GitHub Actions and GitLab write the time before it, and commands of their own in it. */
import { timeOf } from './json-fields.ts';

export interface CiJobLine {
  readonly forge: 'github' | 'gitlab';
  readonly time: number;
  readonly text: string;
  /** `group`, `error`, `add-mask`, `section_start`, ...: what the runner is told. */
  readonly command: string | undefined;
  /** The command as the shell was given it, where the line says so. */
  readonly run: string | undefined;
}

const actions = /^\ufeff?(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z) (.{0,65536})$/s;
const gitlab = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z) [0-9a-f]{2}[OE][ +](.{0,65536})$/s;
const section = /section_(start|end):(\d{9,11}):([\w.-]{1,255})(?:\[[^\]]{0,255}\])?\r?(?:\u001b\[0K)?/;
const color = /\u001b\[[\d;]{0,32}[A-Za-z]/g;
const marker = /^(?:##\[|::)([a-z][a-z-]{1,32})(?:\]| [^:]{0,1024}::|::)/;
/** How the runners echo a command line: in the colour that their logs use for it, or after a prompt. */
const echoed = /^(?:\u001b\[36;1m|\u001b\[32;1m\$ )([^\u001b]{1,32768})/;

export function ciJobLine(value: unknown): CiJobLine | undefined {
  if (typeof value !== 'string' || !/^[\ufeff\d\u001bs]/.test(value)) return undefined;
  const github = actions.exec(value);
  if (github !== null) return lineOf('github', timeOf(github[1]), github[2] ?? '');
  const stamped = gitlab.exec(value);
  if (stamped !== null) return lineOf('gitlab', timeOf(stamped[1]), stamped[2] ?? '');
  const bare = section.exec(value.slice(0, 512));
  return bare === null || !/^(?:\u001b\[0K)?section_/.test(value) ? undefined : lineOf('gitlab', timeOf(Number(bare[2])), value);
}

function lineOf(forge: CiJobLine['forge'], time: number | undefined, written: string): CiJobLine | undefined {
  if (time === undefined) return undefined;
  const part = forge === 'gitlab' ? section.exec(written.slice(0, 512)) : null;
  const text = written.replace(section, '').replace(color, '').trimEnd();
  const named = marker.exec(text)?.[1];
  const run = echoed.exec(written)?.[1] ?? /^(?:##\[group\]|::group::|##\[command\])(?:Run )?(.{1,32768})$/s.exec(text)?.[1];
  return { forge, time, text, command: part === null ? named : `section_${part[1]}`, run };
}
