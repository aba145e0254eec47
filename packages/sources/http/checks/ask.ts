/** A peer that speaks HTTP, for cases. */

export interface Reply {
  readonly status: number;
  readonly text: string;
  readonly bytes: Buffer;
  readonly headers: Headers;
}

export const any = 'http://:0';

export async function ask(address: URL, method: string, path: string, body?: string | Uint8Array, headers: Readonly<Record<string, string>> = {}): Promise<Reply> {
  const response = await fetch(new URL(path, address), { method, headers, ...(body === undefined ? {} : { body: typeof body === 'string' ? body : Buffer.from(body) }) });
  const bytes = Buffer.from(await response.arrayBuffer());
  return { status: response.status, text: bytes.toString('utf8'), bytes, headers: response.headers };
}

export function post(address: URL, path: string, body: string | Uint8Array, headers: Readonly<Record<string, string>> = {}): Promise<Reply> {
  return ask(address, 'POST', path, body, { 'content-type': 'application/json', ...headers });
}
