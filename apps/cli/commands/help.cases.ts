import { defineCases } from '../command-cases.ts';

function contains(text: string, part: string): void {
  if (!text.includes(part)) throw new Error(`"${part}" is not in:\n${text}`);
}

export default defineCases({
  cases: [
    { name: 'gives the overview', args: ['help'], exitCode: 0, verify: ({ stdout }) => contains(stdout, 'doctor') },
    { name: 'is the same as --help', args: ['--help'], exitCode: 0, verify: ({ stdout }) => contains(stdout, 'doctor') },
    { name: 'knows commands below commands', args: ['help', 'rules', 'new'], exitCode: 0, verify: ({ stdout }) => contains(stdout, '--folder') },
    { name: 'helps a command that lacks its argument', args: ['explain', '-h'], exitCode: 0, verify: ({ stdout }) => contains(stdout, 'RULE') },
    { name: 'suggests', args: ['help', 'doktor'], exitCode: 3, verify: ({ stderr }) => contains(stderr, '`doctor`') },
  ],
});
