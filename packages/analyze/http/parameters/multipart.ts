import { mostParameters, type Parameter } from './parameter.ts';

/** The parts of `multipart/form-data` (RFC 7578): names, file names, and the text of what is no file. */
export function splitMultipart(text: string, contentType: string): Parameter[] | undefined {
  const boundary = /;\s*boundary="?([^";\s]{1,200})/i.exec(contentType)?.[1] ?? /^--([^\r\n]{1,200})\r?\n/.exec(text)?.[1];
  if (boundary === undefined) return undefined;
  return text.split(`--${boundary}`, mostParameters).slice(1).flatMap(partOf);
}

function partOf(part: string): Parameter[] {
  const found = /^\r?\n([^]*?)\r?\n\r?\n([^]*)$/.exec(part);
  const [, head = '', content = ''] = found ?? [];
  if (found === null) return [];
  const name = field(head, 'name');
  const file = field(head, 'filename');
  const value = content.replace(/\r?\n$/, '');
  if (file === undefined) return [{ place: 'body', name: name ?? '', value }];
  return [
    { place: 'body', name: name ?? '', value: '' },
    { place: 'body', name: 'filename', value: file },
  ];
}

function field(head: string, name: string): string | undefined {
  return new RegExp(`[;\\s]${name}\\*?\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.){0,2000})"|([^;\\s]{1,2000}))`, 'i').exec(head)?.slice(1).find((text) => text !== undefined);
}
