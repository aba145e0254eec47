import { defineCases } from '../command-cases.ts';

const holds = (part: string) => ({ stdout }: { stdout: string }): void => {
  if (!stdout.includes(part)) throw new Error(`"${part}" is not in:\n${stdout}`);
};

export default defineCases({
  cases: [
    { name: 'writes bash', args: ['completion', 'bash'], exitCode: 0, verify: holds('complete -o filenames -F _watchward watchward') },
    { name: 'writes zsh', args: ['completion', 'zsh'], exitCode: 0, verify: holds('#compdef watchward') },
    { name: 'writes fish', args: ['completion', 'fish'], exitCode: 0, verify: holds('-l severity') },
    { name: 'writes PowerShell', args: ['completion', 'powershell'], exitCode: 0, verify: holds('Register-ArgumentCompleter') },
    { name: 'knows no other shell', args: ['completion', 'tcsh'], exitCode: 3 },
  ],
});
