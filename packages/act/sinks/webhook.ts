import { isoTime } from '#formats/iso-time.ts';
import { defineSink } from '#model/sink.ts';
import type { Notice } from '#model/sink.ts';
import { inOrder } from '../delivery/in-order.ts';
import { Outlet } from '../delivery/outlet.ts';
import { webhookKeys, webhookSignature } from '../delivery/webhook-signature.ts';
import { noticeFinding } from '../notice-ocsf.ts';
import { groupOf } from '../notice-words.ts';

export default defineSink({
  id: 'webhook',
  title: 'Webhook of your own, signed as Standard Webhooks has it',
  schemes: ['webhook+https:', 'webhook+http:'],
  examples: ['webhook+https://hooks.example.com/watchward'],
  network: 'connect',
  takes: ['signal', 'incident'],
  open(address, ctx) {
    const outlet = new Outlet('webhook', address, ctx);
    const keys = webhookKeys(outlet.settings.required('secret', "'whsec_' and 32 random bytes in base64, which the receiver checks signatures with"));
    const token = outlet.credential('webhook', 'token');
    const bearer = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const deliver = async (notice: Notice): Promise<void> => {
      // The receiver drops what it has seen under this id.
      const id = groupOf(notice.key);
      const data = noticeFinding(notice, ctx.product);
      const body = JSON.stringify({ type: typeOf(notice), timestamp: isoTime(data.time), data });
      const headers = (): { readonly [name: string]: string } => {
        const seconds = Math.floor(ctx.clock() / 1_000);
        return { 'webhook-id': id, 'webhook-timestamp': String(seconds), 'webhook-signature': webhookSignature(keys, id, seconds, body), ...bearer };
      };
      await outlet.send({ headers, body });
    };
    return { deliver: (notices) => inOrder(notices, deliver), close: () => outlet.close() };
  },
});

/** Standard Webhooks asks for a full-stop delimited type. */
function typeOf(notice: Notice): string {
  return notice.kind === 'signal' ? 'signal.found' : `incident.${notice.incident.state}`;
}
