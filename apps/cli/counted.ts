/** `1 record`, `2000 records`; `other` is the word for all but one, where it is no plain plural. */
export function counted(number: number, one: string, other = `${one}s`): string {
  return `${number} ${number === 1 ? one : other}`;
}
