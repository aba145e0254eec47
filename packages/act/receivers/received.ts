/** What a receiver in a test took. */
export interface Received {
  /** `POST /path?query`; `frame` of syslog; `MAIL a@x to b@y,c@y`; the name of a file. */
  readonly line: string;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

export interface WebAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** `hang`: no answer ever; `drip`: one that never ends; `cut`: the connection is closed; a text is sent instead of HTTP. */
export type WebReaction = WebAnswer | 'hang' | 'drip' | 'cut' | { readonly raw: string | Buffer };

export interface Receiver {
  /** `http://127.0.0.1:PORT`, `127.0.0.1:PORT`, or a path. */
  readonly at: string;
  readonly received: readonly Received[];
  close(): Promise<void>;
}
