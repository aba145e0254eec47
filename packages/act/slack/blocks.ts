import { clip } from '#formats/clip.ts';
import { moment } from '../incident-words.ts';
import { timesWord, type Told } from '../notice-words.ts';

/** https://docs.slack.dev/reference/block-kit: 50 blocks a message, 150 characters in a header, 3,000 in a text. */
const limits = { header: 150, text: 3_000, fallback: 3_000 } as const;

type Run = { readonly type: 'text'; readonly text: string; readonly style?: { readonly bold?: true; readonly italic?: true } };

/**
 * Blocks of rich text: what stands in a text element is shown as it is, so that neither markup nor a mention can come of it.
 */
export function slackBlocks(told: Told): readonly object[] {
  return [
    { type: 'header', text: { type: 'plain_text', text: clip(`${told.severity.toUpperCase()} · ${told.title}`, limits.header), emoji: false } },
    paragraph([bold(`risk ${told.risk} · ${told.state}`), plain(` · ${told.when}`)]),
    ...(told.summary === '' ? [] : [paragraph([plain(told.summary)])]),
    ...labelled('Who and what', told.entities.map(({ kind, name }) => `${kind} ${name}`)),
    ...labelled('Stages', told.stages.length === 0 ? [] : [`${told.stages.join(' → ')}${told.techniques.length === 0 ? '' : ` (${told.techniques.join(', ')})`}`]),
    ...steps(told),
    ...labelled('Why ranked so', told.why === '' ? [] : [told.why]),
    ...labelled('What to do next', told.next),
    { type: 'context', elements: [{ type: 'plain_text', text: `Watchward · ${told.group} · revision ${told.revision}`, emoji: false }] },
  ];
}

/** For notifications and readers of screens; here Slack parses, so what it parses is written as entities. */
export function slackFallback(told: Told): string {
  return slackText(clip(`${told.severity}, risk ${told.risk}, ${told.state}: ${told.title}`, 400));
}

/** What is new, as a reply in the thread. */
export function slackReply(told: Told): readonly object[] {
  const last = told.steps.at(-1);
  return [paragraph([
    bold(`${told.state} · risk ${told.risk} · ${told.severity}`),
    plain(last === undefined ? ` ${told.title}` : ` ${moment(last.time)} UTC: ${last.message}${timesWord(last)}`),
  ])];
}

/** https://docs.slack.dev/messaging/formatting-message-text: three characters are escaped. */
export function slackText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function steps(told: Told): readonly object[] {
  if (told.steps.length === 0) return [];
  const items = told.steps.map((step) => section([bold(`${moment(step.time)} `), plain(`${step.message}${timesWord(step)}`)]));
  const rest = told.more === 0 ? [] : [section([italic(`and ${told.more} more steps`)])];
  return [{ type: 'rich_text', elements: [section([bold('What happened')]), { type: 'rich_text_list', style: 'ordered', elements: items }, ...rest] }];
}

function labelled(label: string, lines: readonly string[]): readonly object[] {
  if (lines.length === 0) return [];
  if (lines.length === 1) return [paragraph([bold(`${label}: `), plain(lines.join(''))])];
  return [{
    type: 'rich_text',
    elements: [section([bold(label)]), { type: 'rich_text_list', style: 'bullet', elements: lines.map((line) => section([plain(line)])) }],
  }];
}

const paragraph = (runs: readonly Run[]): object => ({ type: 'rich_text', elements: [section(runs)] });
const section = (elements: readonly Run[]): object => ({ type: 'rich_text_section', elements });
const plain = (text: string): Run => ({ type: 'text', text: clip(text, limits.text) || ' ' });
const bold = (text: string): Run => ({ ...plain(text), style: { bold: true } });
const italic = (text: string): Run => ({ ...plain(text), style: { italic: true } });
