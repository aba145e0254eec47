import { defineSink } from '#model/sink.ts';
import type { Notice } from '#model/sink.ts';
import { jsonMember } from '../delivery/answer-json.ts';
import { inChunks } from '../delivery/in-order.ts';
import { Outlet } from '../delivery/outlet.ts';
import { jsonLine, noticeFinding } from '../notice-ocsf.ts';
import { groupOf } from '../notice-words.ts';

const eventsPerRequest = 50;

export default defineSink({
  id: 'splunk',
  title: 'Splunk: OCSF findings by the HTTP Event Collector',
  schemes: ['splunk+https:', 'splunk+http:'],
  examples: ['splunk+https://splunk.example.com:8088'],
  network: 'connect',
  takes: ['signal', 'incident'],
  open(address, ctx) {
    const outlet = new Outlet('splunk', address, ctx);
    if (outlet.url.pathname === '/') outlet.url.pathname = '/services/collector/event';
    outlet.settings.required('token', 'the token of the HTTP Event Collector');
    const authorization = `Splunk ${outlet.credential('splunk', 'token')}`;
    const deliver = async (notices: readonly Notice[]): Promise<void> => {
      const body = notices.map((notice) => {
        const event = noticeFinding(notice, ctx.product);
        return jsonLine({ time: event.time / 1_000, source: 'watchward', sourcetype: `watchward:${notice.kind}`, event, fields: { key: groupOf(notice.key) } });
      }).join('\n');
      await outlet.send({
        headers: () => ({ authorization }), body,
        judge: (answer) => {
          if (jsonMember(answer.text, 'code') !== 0) throw outlet.unclear(answer);
        },
      });
    };
    return { deliver: (notices) => inChunks(notices, eventsPerRequest, deliver), close: () => outlet.close() };
  },
});
