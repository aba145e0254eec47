/** Files and programs that are asked for by a pattern instead of their name, so that a filter does not see it. */
const wanted = ['/etc/passwd', '/etc/shadow', '/etc/hosts', '/etc/group', '/bin/cat', '/bin/bash', '/bin/sh', '/bin/ls', '/bin/nc', '/usr/bin/id', '/usr/bin/whoami', '/usr/bin/wget', '/usr/bin/curl', '/usr/bin/nc', '/usr/bin/python', '/usr/bin/perl'];
const candidate = /\/[\w./?*[\]!^-]{3,48}/g;
const mostCandidates = 20;
const mostWildcards = 6;

/** `/e?c/pas*d`, `/bi[n]/b??h`: whether a word with wildcards can name one of them and says enough to be meant for it. */
export function namesByWildcard(text: string): boolean {
  let seen = 0;
  for (const [word] of text.matchAll(candidate)) {
    if ((seen += 1) > mostCandidates) return false;
    if (/[?*[]/.test(word) && matchesWanted(word.replace(/\/+$/, '').replaceAll(/\/{2,}/g, '/'))) return true;
  }
  return false;
}

function matchesWanted(word: string): boolean {
  const parts: readonly string[] = word.match(/\[[^\]]{1,16}\]|\*+|\?|[^[*?]/g) ?? [];
  const wild = parts.filter((part) => /^[[?*]/.test(part)).length;
  const letters = parts.filter((part) => /^\w$/.test(part)).length;
  if (wild > mostWildcards || (letters < 2 && !parts.includes('?'))) return false;
  const source = parts.map((part) => (part.startsWith('*') ? '[^/]*' : part.startsWith('[') || part === '?' ? '[^/]' : part.replace(/[.\]!^-]/g, '\\$&'))).join('');
  const pattern = new RegExp(`^${source}$`);
  return wanted.some((name) => pattern.test(name));
}
