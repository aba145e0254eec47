import { posix } from 'node:path';
import { eachLine } from '../places.ts';
import { defineCheck, type Problem, type Repo } from '../repo.ts';

export default defineCheck({
  id: 'links',
  title: 'Links between pages lead somewhere',
  check(repo) {
    return repo.files.filter((path) => path.endsWith('.md')).flatMap((path) => checkPage(repo, path));
  },
});

function checkPage(repo: Repo, path: string): Problem[] {
  const problems: Problem[] = [];
  eachProse(repo.text(path), (text, line) => {
    for (const match of text.matchAll(/\]\(<?([^)>\s]+)>?(?:\s+"[^"]*")?\)|^\[[^\]]+\]:\s*(\S+)/g)) {
      const target = match[1] ?? match[2] ?? '';
      const message = /^[a-z][a-z0-9+.-]*:/i.test(target) ? undefined : judge(repo, path, target);
      if (message !== undefined) problems.push({ path, line, message });
    }
  });
  return problems;
}

function judge(repo: Repo, from: string, target: string): string | undefined {
  const [file = '', anchor] = decodeURI(target).split('#');
  const path = file === '' ? from : posix.join(posix.dirname(from), file).replace(/\/$/, '');
  if (path !== '.' && !repo.has(path)) return `'${target}' leads nowhere`;
  if (anchor === undefined || !path.endsWith('.md')) return undefined;
  return anchorsOf(repo.text(path)).has(anchor) ? undefined : `'${target}' names no heading of ${path}`;
}

/** The anchors that GitHub gives headings: lower case, punctuation gone, spaces to hyphens, repeats numbered. */
function anchorsOf(text: string): Set<string> {
  const anchors = new Set<string>();
  eachProse(text, (line) => {
    const heading = /^#{1,6}\s+(.*?)\s*#*$/.exec(line)?.[1];
    if (heading === undefined) return;
    const base = heading.toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, '').replace(/\s/g, '-');
    let anchor = base;
    for (let count = 1; anchors.has(anchor); count++) anchor = `${base}-${count}`;
    anchors.add(anchor);
  });
  return anchors;
}

/** Lines outside fenced code, with code spans emptied in anything but headings. */
function eachProse(text: string, visit: (line: string, number: number) => void): void {
  let fence = false;
  eachLine(text, (line, number) => {
    if (/^\s*(?:```|~~~)/.test(line)) fence = !fence;
    else if (!fence) visit(line.startsWith('#') ? line : line.replace(/`[^`]*`/g, '``'), number);
  });
}
