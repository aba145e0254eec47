import { randomUUID } from 'node:crypto';
import { kebab, words, type Template } from './scaffold.ts';

/** A Sigma rule about events. */
export default {
  kind: 'sigma',
  usage: 'sigma event/<what-happened>',
  argument: new RegExp(`^event/(${kebab})$`),
  extension: 'yaml',
  place: (id) => `content/rules/${id}`,
  unit: (id) => `title: ${words(id)}
id: ${randomUUID()}
status: experimental
description: Say in one sentence what the event shows and why it matters.
references: []
tags: []
logsource:
  product: aws
  service: cloudtrail
detection:
  selection:
    eventName: ReplaceThisByAnEventName
  condition: selection
falsepositives:
  - Say who does this rightfully.
level: medium
`,
  cases: () => `# Raw records, as the source writes them.
fires:
  - {eventTime: '2026-01-02T03:04:05Z', eventSource: iam.amazonaws.com, eventName: ReplaceThisByAnEventThatMustFire}
silent:
  - {eventTime: '2026-01-02T03:04:05Z', eventSource: iam.amazonaws.com, eventName: ReplaceThisByAHarmlessEvent}
`,
} satisfies Template;
