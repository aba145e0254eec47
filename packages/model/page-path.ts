/** A page can be read twice: as the scripts in it, and as a template. The second module has the file's path with this behind it, which no path holds. */
const mark = '\0';

export function asTemplate(path: string, kind: string): string {
  return `${path}${mark}${kind}`;
}

/** As what template a module reads its page; undefined for every other module. */
export function templateKindOf(path: string): string | undefined {
  const at = path.indexOf(mark);
  return at < 0 ? undefined : path.slice(at + 1);
}

/** The file that a module was read from. */
export function fileOf(path: string): string {
  const at = path.indexOf(mark);
  return at < 0 ? path : path.slice(0, at);
}
