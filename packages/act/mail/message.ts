import { createHash } from 'node:crypto';
import { clip } from '#formats/clip.ts';
import { htmlText } from '#formats/html-text.ts';
import MailComposer from 'nodemailer/lib/mail-composer';
import { moment } from '../incident-words.ts';
import { timesWord, type Told } from '../notice-words.ts';

export interface MailFrame {
  readonly from: string;
  readonly to: readonly string[];
  /** Milliseconds since the epoch. */
  readonly date: number;
}

/** The bytes of one message: text and HTML say the same. Header lines are built by the library from text without control characters. */
export function mailMessage(told: Told, { date, from, to }: MailFrame): Promise<Buffer> {
  const domain = from.slice(from.lastIndexOf('@') + 1);
  const first = `<${told.group}.1@${domain}>`;
  const own = `<${told.group}.${told.revision}@${domain}>`;
  const composer = new MailComposer({
    from: { name: 'Watchward', address: from },
    to: to.map((address) => ({ name: '', address })),
    subject: clip(`[${told.severity}, risk ${told.risk}, ${told.state}] ${told.title}`, 200),
    // The same message has the same id when it is sent again, and all of one incident make one thread.
    messageId: own,
    ...(own === first ? {} : { inReplyTo: first, references: [first] }),
    headers: { 'auto-submitted': 'auto-generated', 'x-watchward-key': told.group },
    date: new Date(date),
    text: textOf(told),
    html: htmlOf(told),
    textEncoding: 'base64',
    baseBoundary: createHash('sha256').update(own).digest('hex').slice(0, 24),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return new Promise((resolve, reject) => {
    composer.compile().build((error, message) => (error === null ? resolve(message as Buffer) : reject(error)));
  });
}

interface Part {
  readonly label: string;
  readonly lines: readonly string[];
  readonly ordered?: true;
}

function partsOf(told: Told): readonly Part[] {
  const parts: readonly Part[] = [
    { label: 'What happened', ordered: true, lines: told.steps.map((step) => `${moment(step.time)} ${step.message}${timesWord(step)}`) },
    { label: 'Who and what', lines: told.entities.map(({ kind, name }) => `${kind} ${name}`) },
    { label: 'Stages of the attack', lines: told.stages.length === 0 ? [] : [told.stages.join(' → ')] },
    { label: 'Techniques', lines: told.techniques.length === 0 ? [] : [told.techniques.join(', ')] },
    { label: 'Why it is ranked so', lines: told.why === '' ? [] : [told.why] },
    { label: 'What to do next', ordered: true, lines: told.next },
  ];
  return parts.filter(({ lines }) => lines.length > 0);
}

function textOf(told: Told): string {
  const sections = partsOf(told).map(({ label, lines, ordered }) => (
    `${label}\n${lines.map((line, at) => `  ${ordered === true ? `${at + 1}.` : '-'} ${line}`).join('\n')}`
  ));
  const more = told.more === 0 ? [] : [`and ${told.more} more steps`];
  return `${[
    told.title, `${told.severity}, risk ${told.risk}, ${told.state}\n${told.when}`, ...(told.summary === '' ? [] : [told.summary]), ...sections, ...more,
    `Watchward ${told.group}, revision ${told.revision}`,
  ].join('\n\n')}\n`;
}

const colors: Readonly<Record<Told['severity'], string>> = { critical: '#a3123c', high: '#b03c06', medium: '#7d5800', low: '#1b5cab', informational: '#59616b' };

/** Mail programs read neither style sheets nor scripts: styles stand at the elements, and nothing is loaded. */
function htmlOf(told: Told): string {
  const sections = partsOf(told).map(({ label, lines, ordered }) => {
    const tag = ordered === true ? 'ol' : 'ul';
    return `<h2 style="font-size:16px;margin:20px 0 6px">${label}</h2><${tag} style="margin:0;padding-left:22px">${lines.map((line) => `<li>${htmlText(line)}</li>`).join('')}</${tag}>`;
  });
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${htmlText(told.title)}</title></head>`
    + '<body style="margin:0;padding:20px;font:15px/1.5 system-ui,sans-serif;color:#1a1e23;background:#ffffff"><div style="max-width:680px">'
    + `<p style="margin:0;font-weight:bold;color:${colors[told.severity]}">${told.severity}, risk ${told.risk}, ${htmlText(told.state)}</p>`
    + `<h1 style="font-size:21px;line-height:1.25;margin:4px 0">${htmlText(told.title)}</h1>`
    + `<p style="margin:0 0 12px;color:#59616b">${htmlText(told.when)}</p><p>${htmlText(told.summary)}</p>`
    + `${sections.join('')}${told.more === 0 ? '' : `<p>and ${told.more} more steps</p>`}`
    + `<p style="margin-top:24px;color:#59616b;font-size:13px">Watchward ${htmlText(told.group)}, revision ${told.revision}</p></div></body></html>`;
}
