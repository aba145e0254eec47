/** What a path says about the file. */
export function isScript(path: string): boolean {
  return /\.(?:ts|mts|mjs|js)$/.test(path) && !path.endsWith('.d.ts');
}

/** Tests, and what only tests use: generators of random inputs. */
export function isTest(path: string): boolean {
  return /\.(?:test|arbitrary)\.ts$/.test(path);
}

export function isCases(path: string): boolean {
  return /\.cases\.(?:ts|yaml)$/.test(path);
}

/** The room of the house a file is in: a package's name, else the top folder. */
export function roomOf(path: string): string {
  const [top = '', second = ''] = path.split('/');
  return top === 'packages' ? second : top;
}

export const pureRooms = ['model', 'formats', 'normalize', 'analyze', 'score', 'decide', 'learn'];

/** Text and line numbers of a file, for checks that read line by line. */
export function eachLine(text: string, visit: (line: string, number: number) => void): void {
  text.split('\n').forEach((line, at) => visit(line, at + 1));
}
