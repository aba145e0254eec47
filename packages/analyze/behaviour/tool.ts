/** A program as its user agent names it, without versions: an update is no new tool. */
const longest = 200;
const known = new Map<string, string>();
const mostKnown = 4_000;

export function toolOf(agent: string): string {
  const written = agent.slice(0, longest);
  const found = known.get(written);
  if (found !== undefined) return found;
  const tool = (written.match(/[A-Za-z][A-Za-z_.-]{1,30}/g) ?? []).filter((word) => !/^(?:like|gecko|khtml|compatible|mozilla|applewebkit|version|exec-env|md|cfg|ua|lang|api|os|x\d*)$/i.test(word)).slice(0, 5).join(' ').toLowerCase() || written.slice(0, 40);
  if (known.size >= mostKnown) known.clear();
  known.set(written, tool);
  return tool;
}
