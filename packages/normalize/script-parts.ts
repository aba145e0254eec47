/** The script parts of a page or component; everything else is blanked, so that offsets and lines stay those of the file. */
export interface ScriptParts {
  readonly text: string;
  readonly typescript: boolean;
  readonly jsx: boolean;
}

const most = 500;
/** A tag is not longer. */
const longestTag = 4_096;
const opening = /^<script\b((?:[^>"']|"[^"]*"|'[^']*')*)>/i;
const attribute = /([a-z-]+)\s*(?:=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/gi;

/** Undefined when there is none. A part that is not closed runs to the end. */
export function scriptParts(text: string): ScriptParts | undefined {
  const mark = /<!--|<script\b/gi;
  const parts: { start: number; end: number }[] = [];
  let typescript = false;
  let jsx = false;
  for (let found = mark.exec(text); found !== null && parts.length < most; found = mark.exec(text)) {
    if (found[0] === '<!--') {
      mark.lastIndex = endOf(text.indexOf('-->', found.index), text);
      continue;
    }
    const tag = opening.exec(text.slice(found.index, found.index + longestTag));
    if (tag === null) continue;
    const start = found.index + tag[0].length;
    closing.lastIndex = start;
    const end = endOf(closing.exec(text)?.index ?? -1, text);
    mark.lastIndex = end;
    const attributes = attributesOf(tag[1] as string);
    if (!isScript(attributes) || end === start) continue;
    const language = attributes.get('lang') ?? '';
    typescript ||= /^tsx?$|typescript/.test(language);
    jsx ||= language.endsWith('sx');
    parts.push({ start, end });
  }
  return parts.length === 0 ? undefined : { text: onlyParts(text, parts), typescript, jsx };
}

const closing = /<\/script/gi;

function endOf(at: number, text: string): number {
  return at === -1 ? text.length : at;
}

function attributesOf(text: string): Map<string, string> {
  return new Map([...text.matchAll(attribute)].map(([, name, double, single, bare]) => [(name as string).toLowerCase(), (double ?? single ?? bare ?? '').toLowerCase()]));
}

/** Data blocks, templates and import maps are no scripts (HTML, 4.12.1). */
function isScript(attributes: ReadonlyMap<string, string>): boolean {
  const type = attributes.get('type') ?? '';
  return type === '' || type === 'module' || type === 'text/babel' || /^(?:text|application)\/(?:x-)?(?:java|ecma|type)script/.test(type);
}

/** A semicolon stands where a part ends, so that the next begins a statement. */
function onlyParts(text: string, parts: readonly { start: number; end: number }[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end } of parts) {
    pieces.push(blank(text.slice(at, start), at > 0), text.slice(start, end));
    at = end;
  }
  pieces.push(blank(text.slice(at), true));
  return pieces.join('');
}

function blank(text: string, closes: boolean): string {
  const spaces = text.replace(/[^\r\n]/g, ' ');
  return closes && spaces.startsWith(' ') ? `;${spaces.slice(1)}` : spaces;
}
