/** Commands that a GitHub Actions step prints; see "Workflow commands for GitHub Actions" in GitHub's documentation. */
export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice';
  readonly file?: string;
  readonly line?: number;
  readonly endLine?: number;
  readonly column?: number;
  readonly endColumn?: number;
  readonly title?: string;
  readonly message: string;
}

/** Annotations of each level that GitHub keeps for one step. */
export const annotationsPerStep = 10;

const percent = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;

export function commandData(text: string): string {
  return text.toWellFormed().replace(/[%\r\n]/g, percent);
}

export function commandProperty(text: string): string {
  return text.toWellFormed().replace(/[%\r\n:,]/g, percent);
}

export function annotationCommand(annotation: Annotation): string {
  const { level, message, file, line, endLine, column, endColumn, title } = annotation;
  const properties = Object.entries({ file, line, endLine, col: column, endColumn, title })
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}=${commandProperty(String(value))}`)
    .join(',');
  return `::${level}${properties === '' ? '' : ` ${properties}`}::${commandData(message)}`;
}
