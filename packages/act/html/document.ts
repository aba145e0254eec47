import { createHash } from 'node:crypto';
import { htmlText } from '#formats/html-text.ts';

export interface DocumentParts {
  readonly title: string;
  readonly style: string;
  readonly script?: string;
  /** What the first link of the page says. */
  readonly skip: string;
  /** HTML. */
  readonly header: string;
  /** HTML. */
  readonly main: readonly string[];
}

/** One file that asks for nothing: the policy lets in this style and this script and no request at all. */
export function documentPage({ header, main, script, skip, style, title }: DocumentParts): string {
  const scripts = script === undefined ? '' : ` script-src '${hashSource(script)}';`;
  const policy = `default-src 'none'; style-src '${hashSource(style)}';${scripts} base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${htmlText(title)}</title>
<style>${style}</style>
</head>
<body>
<a class="skip" href="#main">${skip}</a>
${header}
<main id="main">
${main.join('\n')}
</main>
${script === undefined ? '' : `<script>${script}</script>\n`}</body>
</html>
`;
}

function hashSource(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
