import { defineSink } from '#model/sink.ts';
import { inOrder } from '../delivery/in-order.ts';
import { Outlet } from '../delivery/outlet.ts';
import { tell } from '../notice-words.ts';
import { slackBlocks, slackFallback } from '../slack/blocks.ts';
import { SlackBot } from '../slack/bot.ts';

export default defineSink({
  id: 'slack',
  title: "Slack: by incoming webhook, or with a bot's token one thread an incident",
  schemes: ['slack+https:', 'slack+http:'],
  examples: ['slack+https://hooks.slack.com/services/T000/B000/XXXX', 'slack+https://slack.com/api?channel=C0123456789'],
  network: 'connect',
  // People get incidents: the signals are in them.
  takes: ['incident'],
  open(address, ctx) {
    const outlet = new Outlet('slack', address, ctx);
    const token = outlet.credential('slack', 'token');
    if (token !== undefined) {
      const bot = new SlackBot(outlet, token);
      return { deliver: (notices) => inOrder(notices, (notice) => bot.deliver(notice)), close: () => outlet.close() };
    }
    const deliver: Parameters<typeof inOrder>[1] = async (notice) => {
      const told = tell(notice);
      await outlet.send({ body: JSON.stringify({ text: slackFallback(told), blocks: slackBlocks(told), unfurl_links: false, unfurl_media: false }) });
    };
    return { deliver: (notices) => inOrder(notices, deliver), close: () => outlet.close() };
  },
});
