import { isUtf8 } from 'node:buffer';

/**
 * Names on disk and in git are bytes. Inside this package a "byte path" is a string with one character per byte (Latin-1),
 * so that nothing is lost, equality is exact, and code unit order is git's order.
 */
const beyondAscii = /[\x80-\xff]/;

/** A byte path as valid Unicode; bytes that are not UTF-8 are shown as `\xNN`. */
export function displayPath(bytes: string): string {
  if (!beyondAscii.test(bytes)) return bytes;
  const buffer = Buffer.from(bytes, 'latin1');
  if (isUtf8(buffer)) return buffer.toString('utf8');
  return bytes.replaceAll(/[\x80-\xff]/g, (byte) => `\\x${byte.charCodeAt(0).toString(16)}`);
}

/** What the file system is asked for: a string where that is exact, else the bytes. */
export function systemPath(root: string, bytes: string): string | Buffer {
  if (bytes === '') return root;
  const prefix = root.endsWith('/') ? root : `${root}/`;
  if (!beyondAscii.test(bytes)) return prefix + bytes;
  const buffer = Buffer.from(bytes, 'latin1');
  return isUtf8(buffer) ? prefix + buffer.toString('utf8') : Buffer.concat([Buffer.from(prefix), buffer]);
}

export function bytePath(path: string): string {
  return beyondAscii.test(path) || /[^\x00-\xff]/.test(path) ? Buffer.from(path, 'utf8').toString('latin1') : path;
}

export function joinBytes(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}
