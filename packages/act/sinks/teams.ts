import { defineSink } from '#model/sink.ts';
import { inOrder } from '../delivery/in-order.ts';
import { Outlet } from '../delivery/outlet.ts';
import { tell, type Told } from '../notice-words.ts';
import { adaptiveCard } from '../teams/card.ts';

/** Teams takes messages of at most 28 KB. */
const limit = 28 * 1_024 - 512;

export default defineSink({
  id: 'teams',
  title: 'Microsoft Teams, by the webhook of a workflow: a card for each change',
  schemes: ['teams+https:', 'teams+http:'],
  examples: ['teams+https://prod-00.westeurope.logic.azure.com/workflows/...'],
  network: 'connect',
  // People get incidents: the signals are in them.
  takes: ['incident'],
  open(address, ctx) {
    const outlet = new Outlet('teams', address, ctx);
    return {
      deliver: (notices) => inOrder(notices, async (notice) => void (await outlet.send({ body: bodyOf(tell(notice)) }))),
      close: () => outlet.close(),
    };
  },
});

/** Steps go first when it is too long: the first and the last few stay. */
function bodyOf(told: Told): string {
  const attachment = { contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content: adaptiveCard(told) };
  const body = JSON.stringify({ type: 'message', attachments: [attachment] });
  if (Buffer.byteLength(body) <= limit) return body;
  const kept = Math.floor(told.steps.length / 2);
  if (kept > 0) return bodyOf({ ...told, steps: told.steps.slice(-kept), more: told.more + told.steps.length - kept });
  return bodyOf({ ...told, summary: '', why: '', entities: told.entities.slice(0, 2), next: [] });
}
