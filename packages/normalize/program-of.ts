/** The program whose log a file is, by the name of the file without what rotation adds to it. */
export function programOf(source: string): string {
  const file = source.split(/[\\/]/).at(-1) ?? '';
  return file.replace(/(?:\.(?:log|txt|out|err|gz|\d{1,12}|\d{4}-\d\d-\d\d))+$/i, '').replace(/[-_.]?\d{4}-?\d\d-?\d\d$/, '').slice(0, 64) || 'an application';
}
