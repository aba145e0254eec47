/** One command line of a page, with where it stands and how it must end. */
export interface ShellLine {
  readonly line: number;
  readonly command: string;
  readonly exitCode: number;
}

/**
 * The command lines of the fenced `sh` blocks of a page: one a line, continued by a backslash. A comment with `ends with N` behind a
 * command says its exit code; other comments and empty lines are no commands.
 */
export function shellLines(markdown: string): ShellLine[] {
  const found: ShellLine[] = [];
  let fence: string | undefined;
  let pending: { line: number; text: string } | undefined;
  markdown.split('\n').forEach((text, index) => {
    const opened = /^\s*```(\S*)/.exec(text);
    if (opened !== null) {
      fence = fence === undefined ? opened[1] : undefined;
      return;
    }
    if (fence !== 'sh') return;
    const joined = `${pending?.text ?? ''}${text.trim()}`;
    const line = pending?.line ?? index + 1;
    if (joined.endsWith('\\')) {
      pending = { line, text: joined.slice(0, -1) };
      return;
    }
    pending = undefined;
    const command = joined.replace(/(?:^|\s+)#.*$/, '').trim();
    if (command !== '') found.push({ line, command, exitCode: Number(/#.*\bends with (\d)\b/.exec(joined)?.[1] ?? 0) });
  });
  return found;
}
