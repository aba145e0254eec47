/** A relative reference to a file (RFC 3986 §4.2); a colon in the first segment is encoded, so that it names no scheme. */
export function pathUri(path: string): string {
  return path.toWellFormed().split('/').map(encodeURIComponent).join('/');
}

/** `file` URI of a folder (RFC 8089), with the slash at its end that SARIF §3.14.14 wants. */
export function folderUri(folder: string): string {
  const slashed = folder.replace(/\\/g, '/').replace(/\/*$/, '/');
  const rooted = slashed.startsWith('/') ? slashed : `/${slashed}`;
  const encoded = pathUri(rooted).replace(/^\/([A-Za-z])%3A\//, '/$1:/');
  return `file://${encoded.replace(/^\/\/+/, '/')}`;
}

const host = String.raw`[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d{1,5})?`;
const rest = String.raw`(?:[A-Za-z0-9\-._~:/?@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*`;
const webUrl = new RegExp(`^https?://${host}(?:[/?]${rest})?(?:#${rest})?$`);

/** True for an absolute http or https URL in RFC 3986 form: the only kind of link that a report may carry. */
export function isWebUrl(text: string): boolean {
  return webUrl.test(text);
}
