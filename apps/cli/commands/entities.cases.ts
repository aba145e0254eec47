import { defineCases } from '../command-cases.ts';
import type { CommandResult } from '../command-cases.ts';

const record = (action: string, minute: number, more: object = {}): string => `${JSON.stringify({ '@timestamp': Date.UTC(2026, 2, 4, 5, minute), _document_id: `d-${minute}`, action, actor: 'mira', org: 'acme', ...more })}\n`;
const files = { 'a.jsonl': record('org.disable_two_factor_requirement', 1) + record('repo.access', 20, { repo: 'acme/web', visibility: 'public', previous_visibility: 'private' }) };
const before = [['watch', '--keep', '--from', 'a.jsonl', '--quiet']];

function must(condition: boolean, { stdout, stderr }: CommandResult): void {
  if (!condition) throw new Error(`unexpected output:\n${stdout}\n${stderr}`);
}

interface Exported {
  readonly asOf: number;
  readonly entities: readonly { readonly kind: string; readonly name: string; readonly risk: number; readonly ceiling: number; readonly evidence: readonly { readonly weight: number }[] }[];
}

const exported = ({ stdout }: CommandResult): Exported => JSON.parse(stdout) as Exported;

export default defineCases({
  cases: [
    { name: 'lists who is under suspicion, the riskiest first', args: ['entities'], before, files, exitCode: 0, verify: (result) => must(/^ *[\d.]+ {2}user +mira/.test(result.stdout), result) },
    {
      name: 'gives all evidence to programs', args: ['entities', 'list', '--json'], before, files, exitCode: 0,
      verify: (result) => must(exported(result).asOf === Date.UTC(2026, 2, 4, 5, 20) && exported(result).entities[0]?.name === 'mira' && (exported(result).entities[0]?.evidence.length ?? 0) >= 2, result),
    },
    {
      name: 'lets risks fade', args: ['entities', '--json', '--at', '2026-03-18T05:20:00Z'], before, files, exitCode: 0,
      verify: (result) => must(exported(result).entities.every(({ risk, ceiling }) => risk < ceiling / 2), result),
    },
    { name: 'shows one with its evidence and how it will fade', args: ['entities', 'show', 'user/mira'], before, files, exitCode: 0, verify: (result) => must(result.stdout.includes('If nothing more happens') && result.stdout.includes('two-factor'), result) },
    { name: 'ends with 3 for a name that nobody has', args: ['entities', 'show', 'nobody'], before, files, exitCode: 3 },
    { name: 'ends with 3 for a time that is none', args: ['entities', '--at', 'soon'], before, files, exitCode: 3 },
    { name: 'ends with 3 where nothing was kept', args: ['entities'], exitCode: 3, verify: (result) => must(result.stderr.includes('watch --keep'), result) },
  ],
});
