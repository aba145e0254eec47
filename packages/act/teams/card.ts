import { clip } from '#formats/clip.ts';
import { moment } from '../incident-words.ts';
import { timesWord, type Told } from '../notice-words.ts';

/**
 * An Adaptive Card (https://adaptivecards.io/explorer, version 1.4 for Teams). Text runs are shown as they are: a TextBlock or a
 * Fact would make links and lists of Markdown in them.
 */
export function adaptiveCard(told: Told): object {
  return {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    fallbackText: clip(`${told.severity}, risk ${told.risk}: ${told.title}`, 300).replaceAll(/[[\]()*_`<>]/g, ' '),
    msteams: { width: 'Full' },
    body: [
      line([{ text: told.title, size: 'Large', weight: 'Bolder' }]),
      line([{ text: `${told.severity} · risk ${told.risk} · ${told.state}`, weight: 'Bolder', color: colorOf(told) }, { text: `  ${told.when}`, isSubtle: true }]),
      ...(told.summary === '' ? [] : [line([{ text: told.summary }])]),
      ...labelled('Who and what', told.entities.map(({ kind, name }) => `${kind} ${name}`).join(', ')),
      ...labelled('Stages', told.stages.join(' → ')),
      ...told.steps.map((step, at) => line([
        { text: `${at + 1}. ${moment(step.time)}  `, weight: 'Bolder' }, { text: `${step.message}${timesWord(step)}` },
      ])),
      ...(told.more === 0 ? [] : [line([{ text: `and ${told.more} more steps`, italic: true }])]),
      ...labelled('Why ranked so', told.why),
      ...told.next.map((text, at) => line([{ text: at === 0 ? 'What to do next: ' : '', weight: 'Bolder' }, { text }])),
      line([{ text: `Watchward · ${told.group} · revision ${told.revision}`, isSubtle: true, size: 'Small' }]),
    ],
  };
}

interface Run {
  readonly text: string;
  readonly weight?: 'Bolder';
  readonly size?: 'Large' | 'Small';
  readonly color?: 'Attention' | 'Warning' | 'Default';
  readonly isSubtle?: true;
  readonly italic?: true;
}

function line(runs: readonly Run[]): object {
  return { type: 'RichTextBlock', inlines: runs.filter(({ text }) => text !== '').map((run) => ({ type: 'TextRun', ...run })) };
}

function labelled(label: string, text: string): readonly object[] {
  return text === '' ? [] : [line([{ text: `${label}: `, weight: 'Bolder' }, { text }])];
}

function colorOf({ severity }: Told): 'Attention' | 'Warning' | 'Default' {
  if (severity === 'critical' || severity === 'high') return 'Attention';
  return severity === 'medium' ? 'Warning' : 'Default';
}
