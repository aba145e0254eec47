import { kebab, words, type Template } from './scaffold.ts';

/** A receiver of incidents and signals that is spoken to over HTTP; neighbours show mail, syslog and files. */
export default {
  kind: 'sink',
  usage: 'sink <name>',
  argument: new RegExp(`^(${kebab})$`),
  extension: 'ts',
  place: (name) => `packages/act/sinks/${name}`,
  unit: (name) => `import { defineSink } from '#model/sink.ts';
import type { Notice } from '#model/sink.ts';
import { inOrder } from '../delivery/in-order.ts';
import { Outlet } from '../delivery/outlet.ts';
import { noticeFinding } from '../notice-ocsf.ts';

export default defineSink({
  id: '${name}',
  title: '${words(name)}',
  schemes: ['${name}+https:', '${name}+http:'],
  examples: ['${name}+https://receiver.example.com/api'],
  network: 'connect',
  takes: ['signal', 'incident'],
  open(address, ctx) {
    const outlet = new Outlet('${name}', address, ctx);
    const deliver = (notice: Notice): Promise<void> => outlet.send({ body: JSON.stringify(noticeFinding(notice, ctx.product)) }).then(() => undefined);
    return { deliver: (notices) => inOrder(notices, deliver), close: () => outlet.close() };
  },
});
`,
  cases: (name) => `import { equal } from 'node:assert/strict';
import { incidentNotice } from '../sample-notices.ts';
import type { SinkCases } from '../sink-cases.ts';

export default {
  receiver: 'web',
  address: (at) => \`${name}+\${at}/api\`,
  settings: {},
  // Say here why the real receiver would refuse a request: its schema, its limits, its signature.
  refuses: () => ['replace this by what the receiver asks for'],
  cases: [
    {
      name: 'replace this by what the receiver must have',
      turns: [[incidentNotice()]],
      verify(received) {
        equal(received[0]?.body, 'replace this');
      },
    },
  ],
} satisfies SinkCases;
`,
} satisfies Template;
