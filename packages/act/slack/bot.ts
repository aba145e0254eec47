import type { Notice } from '#model/sink.ts';
import { ActError } from '../act-error.ts';
import { requiredParameter, shownAddress } from '../delivery/address.ts';
import { jsonMember, jsonText } from '../delivery/answer-json.ts';
import type { HttpAnswer } from '../delivery/exchange.ts';
import type { Outlet } from '../delivery/outlet.ts';
import { Remembered } from '../delivery/remembered.ts';
import { tell, type Told } from '../notice-words.ts';
import { slackBlocks, slackFallback, slackReply } from './blocks.ts';

/** Where the message of an incident stands, and what it says already. */
interface Root {
  readonly channel: string;
  readonly ts: string;
  readonly revision: number;
}

const eventType = 'watchward_notice';
const pagesSearched = 3;

/** Errors of the Web API that may pass by themselves. */
const passing = new Set(['ratelimited', 'rate_limited', 'internal_error', 'fatal_error', 'service_unavailable', 'request_timeout']);

/** Errors that are about the message; the others are about token, scopes or channel. */
const unwanted = /^(?:invalid_blocks|msg_|metadata_|no_text|too_many_|cant_update|message_not_found|edit_window)/;

/** The Web API with a bot's token: one message an incident, edited in place, with a thread of what changed. */
export class SlackBot {
  private readonly outlet: Outlet;
  private readonly token: string;
  private readonly channel: string;
  private readonly roots = new Remembered<Root>(2_000);

  constructor(outlet: Outlet, token: string) {
    this.outlet = outlet;
    this.token = token;
    this.channel = requiredParameter('slack', outlet.url, 'channel', 'C0123456789');
  }

  async deliver(notice: Notice): Promise<void> {
    const told = tell(notice);
    const root = this.roots.get(told.group) ?? (await this.find(told.group));
    if (root === undefined) return this.begin(told);
    if (root.revision >= told.revision) return this.roots.set(told.group, root);
    // The reply first: the root says which revision is done.
    await this.call('chat.postMessage', { channel: root.channel, thread_ts: root.ts, ...common(told), blocks: slackReply(told) });
    await this.call('chat.update', { channel: root.channel, ts: root.ts, ...common(told), blocks: slackBlocks(told), metadata: metadataOf(told) });
    this.roots.set(told.group, { ...root, revision: told.revision });
  }

  private async begin(told: Told): Promise<void> {
    const answer = await this.call('chat.postMessage', { channel: this.channel, ...common(told), blocks: slackBlocks(told), metadata: metadataOf(told) });
    const ts = jsonText(answer.text, 'ts');
    if (ts === undefined) throw this.outlet.unclear(answer);
    this.roots.set(told.group, { channel: jsonText(answer.text, 'channel') ?? this.channel, ts, revision: told.revision });
  }

  /** After a restart: the latest messages of the channel carry what they are about. A bot that may not read begins a new thread. */
  private async find(group: string): Promise<Root | undefined> {
    let cursor = '';
    for (let page = 0; page < pagesSearched; page++) {
      const answer = await this.history(cursor);
      const messages = answer === undefined ? undefined : jsonMember(answer.text, 'messages');
      if (answer === undefined || !Array.isArray(messages)) return undefined;
      for (const message of messages) {
        const root = this.rootIn(message, group);
        if (root !== undefined) return root;
      }
      cursor = jsonText(answer.text, 'response_metadata', 'next_cursor') ?? '';
      if (cursor === '') return undefined;
    }
    return undefined;
  }

  private rootIn(message: unknown, group: string): Root | undefined {
    const text = JSON.stringify(message);
    const [ts, revision] = [jsonText(text, 'ts'), jsonMember(text, 'metadata', 'event_payload', 'revision')];
    if (jsonText(text, 'metadata', 'event_type') !== eventType || jsonText(text, 'metadata', 'event_payload', 'group') !== group) return undefined;
    return ts === undefined || typeof revision !== 'number' ? undefined : { channel: this.channel, ts, revision };
  }

  private async history(cursor: string): Promise<HttpAnswer | undefined> {
    const url = this.method('conversations.history');
    url.search = new URLSearchParams({ channel: this.channel, limit: '100', include_all_metadata: 'true', ...(cursor === '' ? {} : { cursor }) }).toString();
    try {
      return await this.outlet.send({ method: 'GET', url, headers: () => this.authorization() });
    } catch (error) {
      if (error instanceof ActError && (error.code === 'receiver-refused' || error.code === 'receiver-closed')) return undefined;
      throw error;
    }
  }

  private call(name: string, body: object): Promise<HttpAnswer> {
    return this.outlet.send({
      url: this.method(name), headers: () => ({ ...this.authorization(), 'content-type': 'application/json; charset=utf-8' }),
      body: JSON.stringify(body), judge: (answer) => this.judge(answer, name),
    });
  }

  private judge(answer: HttpAnswer, name: string): void {
    if (jsonMember(answer.text, 'ok') === true) return;
    const error = jsonText(answer.text, 'error');
    if (error === undefined) throw this.outlet.unclear(answer);
    if (passing.has(error)) throw new ActError('receiver-busy', `${shownAddress(this.outlet.url)} answered '${error}' to ${name}`);
    throw this.outlet.refused(
      `answered '${error}' to ${name}; check the token, its scopes (chat:write, and channels:history to find threads again) and the channel`,
      unwanted.test(error) ? 'receiver-refused' : 'receiver-closed',
    );
  }

  private method(name: string): URL {
    const url = new URL(this.outlet.url);
    url.pathname = `${url.pathname.replace(/\/$/, '')}/${name}`;
    url.search = '';
    return url;
  }

  private authorization(): { readonly authorization: string } {
    return { authorization: `Bearer ${this.token}` };
  }
}

/** Slack is to make nothing of the text: no links, no mentions, no previews. */
function common(told: Told): object {
  return { text: slackFallback(told), mrkdwn: false, parse: 'none', link_names: false, unfurl_links: false, unfurl_media: false };
}

function metadataOf(told: Told): object {
  return { event_type: eventType, event_payload: { group: told.group, revision: told.revision } };
}
