import type { DeadLetter } from '#engine/dead-letters.ts';
import { defineCommand, exitCodes } from '../command.ts';
import type { Invocation } from '../command.ts';

export default defineCommand({
  name: 'dead-letters',
  summary: 'Show the records that a watch could not read',
  description:
    'What a source sent and nothing could decode, a watch that keeps its state lays aside in the state folder; the oldest gives way first. Without options this says when each came, ' +
    'from where and why it could not be read, and nothing of what it holds: that may be a secret. --content shows it, --raw hands it on.',
  options: {
    source: { type: 'string', value: 'TEXT', help: 'Only from sources whose address holds this' },
    most: { type: 'string', value: 'N', default: '50', number: { min: 1, max: 10_000_000, whole: true }, help: 'At most so many, the newest' },
    content: { type: 'boolean', help: 'Show what they hold, too' },
    raw: { type: 'boolean', help: 'Print only the records, as they came, each on lines of its own' },
    json: { type: 'boolean', help: 'Print a JSON object for each' },
  },
  examples: [
    { command: 'watchward dead-letters', explain: 'What could not be read, and why?' },
    { command: 'watchward dead-letters --source syslog --raw > again.log', explain: 'Those of one source as they came, to be mended and read again.' },
  ],
  run,
});

async function run({ options, io, stateDir }: Invocation): Promise<number> {
  const { deadLetters } = await import('#engine/dead-letters.ts');
  const source = options.text('source') ?? '';
  const most = options.number('most') ?? 50;
  const kept: DeadLetter[] = [];
  let all = 0;
  for await (const letter of deadLetters(stateDir)) {
    if (!letter.source.includes(source)) continue;
    all++;
    kept.push(letter);
    if (kept.length > most) kept.shift();
  }
  for (const letter of kept) {
    io.stdout(options.flag('raw') ? `${textOf(letter)}\n` : options.flag('json') ? jsonOf(letter, options.flag('content')) : lineOf(letter, options.flag('content')));
    await io.drained();
  }
  if (options.flag('quiet')) return exitCodes.clean;
  if (all > kept.length) io.stderr(`watchward: ${all - kept.length} older ones; --most ${all} shows all\n`);
  else if (all === 0) io.stderr('watchward: nothing was laid aside\n');
  else if (!options.flag('raw') && !options.flag('content')) io.stderr('watchward: --content shows what they hold, --raw > FILE hands them on; mended, they are read with `watchward watch --keep --from FILE`\n');
  return exitCodes.clean;
}

function textOf({ bytes }: DeadLetter): string {
  return Buffer.from(bytes).toString('utf8');
}

function jsonOf(letter: DeadLetter, content: boolean): string {
  const { source, time, reason, bytes, length = bytes.length } = letter;
  return `${JSON.stringify({ source, time: new Date(time).toISOString(), reason, length, ...(content ? { content: textOf(letter) } : {}) })}\n`;
}

function lineOf(letter: DeadLetter, content: boolean): string {
  const { source, time, reason, bytes, length = bytes.length } = letter;
  const head = `${new Date(time).toISOString().slice(0, 19)}Z  ${reason.startsWith(`${source}:`) ? '' : `${source}: `}${reason} (${length} bytes${length > bytes.length ? `, the first ${bytes.length} kept` : ''})`;
  return content ? `${head}\n    ${shown(textOf(letter))}\n` : `${head}\n`;
}

/** What was received must not steer the terminal. */
function shown(text: string): string {
  return text.replaceAll(/\p{C}/gu, (character) => (character === '\n' ? '\n    ' : '\ufffd'));
}
