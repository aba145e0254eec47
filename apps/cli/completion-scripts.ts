import type { Command } from './command.ts';
import { globalOptions } from './globals.ts';

interface Node {
  /** Words so far: `rules list`; empty at the top. */
  readonly path: string;
  /** What may follow, with its explanation. */
  readonly words: readonly (readonly [string, string])[];
  /** Values of options with a closed set. */
  readonly choices: readonly (readonly [string, readonly string[]])[];
}

function nodesOf(commands: readonly Command[]): Node[] {
  const visit = (path: string, command: Command): Node[] => {
    const options = Object.entries({ ...globalOptions, ...command.options });
    const node: Node = {
      path,
      words: [
        ...(command.subcommands ?? []).map(({ name, summary }) => [name, summary] as const),
        ...options.map(([name, { help }]) => [`--${name}`, help] as const),
      ],
      choices: options.flatMap(([name, { choices }]) => (choices === undefined ? [] : [[`--${name}`, choices] as const])),
    };
    return [node, ...(command.subcommands ?? []).flatMap((sub) => visit(`${path} ${sub.name}`, sub))];
  };
  const top: Node = { path: '', words: commands.map(({ name, summary }) => [name, summary] as const), choices: [] };
  return [top, ...commands.flatMap((command) => visit(command.name, command))];
}

/** `_watchward_words` by path, shared by bash and zsh. */
function bash(commands: readonly Command[]): string {
  const nodes = nodesOf(commands);
  const words = nodes.map(({ path, words: list }) => `    '${path}') words='${list.map(([word]) => word).join(' ')}' ;;`);
  const choices = nodes.flatMap(({ path, choices: list }) => list.map(([option, values]) => `    '${path} ${option}') words='${values.join(' ')}' ;;`));
  return `# watchward completion for bash
_watchward() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" path='' word words=''
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "\${path:+$path }$word" in
${nodes.filter(({ path }) => path !== '').map(({ path }) => `      '${path}') path='${path}' ;;`).join('\n')}
    esac
  done
  case "$path $previous" in
${choices.join('\n')}
  esac
  if [ -z "$words" ]; then case "$path" in
${words.join('\n')}
  esac; fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  [ \${#COMPREPLY[@]} -gt 0 ] || COMPREPLY=($(compgen -f -- "$current"))
}
complete -o filenames -F _watchward watchward
`;
}

function zsh(commands: readonly Command[]): string {
  return `#compdef watchward
autoload -Uz bashcompinit && bashcompinit
${bash(commands)}`;
}

function fish(commands: readonly Command[]): string {
  const quote = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  const lines = nodesOf(commands).flatMap(({ path, words, choices }) => {
    const [first, second] = path.split(' ');
    const seen = path === '' ? '__fish_use_subcommand' : `__fish_seen_subcommand_from ${first}${second === undefined ? '' : `; and __fish_seen_subcommand_from ${second}`}`;
    return words.map(([word, help]) => {
      const values = choices.find(([option]) => option === word)?.[1];
      const what = word.startsWith('--') ? `-l ${word.slice(2)}` : `-a ${word}`;
      return `complete -c watchward -n ${quote(seen)} ${what}${values === undefined ? '' : ` -x -a ${quote(values.join(' '))}`} -d ${quote(help)}`;
    });
  });
  return `# watchward completion for fish\n${lines.join('\n')}\n`;
}

function powershell(commands: readonly Command[]): string {
  const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`;
  const table = nodesOf(commands).map(({ path, words }) => `    ${quote(path)} = @(${words.map(([word]) => quote(word)).join(', ')})`);
  return `# watchward completion for PowerShell
Register-ArgumentCompleter -Native -CommandName watchward -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $known = @{
${table.join('\n')}
  }
  $path = ''
  foreach ($element in $commandAst.CommandElements | Select-Object -Skip 1) {
    $next = "$path $($element.ToString())".Trim()
    if ($known.ContainsKey($next)) { $path = $next }
  }
  $known[$path] | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
  }
}
`;
}

export const completionScripts: ReadonlyMap<string, (commands: readonly Command[]) => string> = new Map([
  ['bash', bash],
  ['zsh', zsh],
  ['fish', fish],
  ['powershell', powershell],
]);
