import { isoTime } from '#formats/iso-time.ts';
import { defineSink } from '#model/sink.ts';
import type { Notice } from '#model/sink.ts';
import { ActError } from '../act-error.ts';
import { invalid, shownAddress } from '../delivery/address.ts';
import { jsonMember, jsonText } from '../delivery/answer-json.ts';
import type { HttpAnswer } from '../delivery/exchange.ts';
import { inChunks } from '../delivery/in-order.ts';
import { Outlet } from '../delivery/outlet.ts';
import { jsonLine, noticeFinding } from '../notice-ocsf.ts';
import { groupOf } from '../notice-words.ts';

const documentsPerRequest = 50;

export default defineSink({
  id: 'elasticsearch',
  title: 'Elasticsearch or OpenSearch: OCSF findings into an index or data stream',
  schemes: ['elasticsearch+https:', 'elasticsearch+http:'],
  examples: ['elasticsearch+https://search.example.com:9200/watchward'],
  network: 'connect',
  takes: ['signal', 'incident'],
  open(address, ctx) {
    const outlet = new Outlet('elasticsearch', address, ctx);
    const index = /^\/([a-z0-9][a-z0-9._-]{0,200})\/?$/.exec(outlet.url.pathname)?.[1];
    if (index === undefined) throw invalid('elasticsearch', outlet.url, "must name one index or data stream, in lower case: '/watchward'");
    const url = new URL(outlet.url);
    url.pathname = `/${index}/_bulk`;
    const authorization = authorizationOf(outlet);
    const headers = (): { readonly [name: string]: string } => ({ 'content-type': 'application/x-ndjson', ...authorization });
    const deliver = async (notices: readonly Notice[]): Promise<void> => {
      // `create` with an id of ours: what is there already stays, so that a repetition adds nothing.
      const lines = notices.flatMap((notice) => {
        const finding = noticeFinding(notice, ctx.product);
        return [jsonLine({ create: { _id: groupOf(notice.key) } }), jsonLine({ '@timestamp': isoTime(finding.time), ...finding })];
      });
      await outlet.send({ url, headers, body: `${lines.join('\n')}\n`, judge: (answer) => judge(outlet, answer, notices.length) });
    };
    return { deliver: (notices) => inChunks(notices, documentsPerRequest, deliver), close: () => outlet.close() };
  },
});

function authorizationOf(outlet: Outlet): { readonly [name: string]: string } {
  const token = outlet.credential('elasticsearch', 'token');
  if (token !== undefined) return { authorization: `ApiKey ${token}` };
  const user = outlet.settings.line('user');
  if (user === undefined) return {};
  const basic = Buffer.from(`${user}:${outlet.credential('elasticsearch', 'password') ?? ''}`).toString('base64');
  outlet.settings.hide(basic);
  return { authorization: `Basic ${basic}` };
}

/** Each document has a status of its own; 409 says that it is there already. */
function judge(outlet: Outlet, answer: HttpAnswer, sent: number): void {
  const items = jsonMember(answer.text, 'items');
  if (!Array.isArray(items) || items.length !== sent) throw outlet.unclear(answer);
  for (const at of items.keys()) {
    const status = jsonMember(answer.text, 'items', at, 'create', 'status');
    if (typeof status !== 'number') throw outlet.unclear(answer);
    if (status < 300 || status === 409) continue;
    if (status === 429 || status >= 500) throw new ActError('receiver-busy', `${shownAddress(outlet.url)} had no room for a document (${status})`);
    const reason = jsonText(answer.text, 'items', at, 'create', 'error', 'reason') ?? 'no reason given';
    throw outlet.refused(`did not take a document (${status}): ${reason}`).after(at);
  }
}
