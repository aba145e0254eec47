import { moment } from '../incident-words.ts';
import { timesWord, type Told } from '../notice-words.ts';

export interface Run {
  readonly text: string;
  readonly bold?: true;
}

export type Part =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly runs: readonly Run[] }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly (readonly Run[])[] };

/** What an issue or a comment says, before it becomes one of Jira's two markups. */
export function documentOf(told: Told): readonly Part[] {
  const steps = told.steps.map((step): readonly Run[] => [{ text: `${moment(step.time)} `, bold: true }, { text: `${step.message}${timesWord(step)}` }]);
  return [
    { kind: 'paragraph', runs: [{ text: `${told.severity}, risk ${told.risk}, ${told.state}`, bold: true }, { text: ` - ${told.when}` }] },
    ...(told.summary === '' ? [] : [{ kind: 'paragraph', runs: [{ text: told.summary }] } as const]),
    ...list('What happened', true, steps),
    ...(told.more === 0 ? [] : [{ kind: 'paragraph', runs: [{ text: `and ${told.more} more steps` }] } as const]),
    ...list('Who and what', false, told.entities.map(({ kind, name }) => [{ text: `${kind} ${name}` }])),
    ...list('Stages of the attack', false, told.stages.length === 0 ? [] : [[{ text: `${told.stages.join(' → ')} ${told.techniques.join(' ')}`.trim() }]]),
    ...list('Why it is ranked so', false, told.why === '' ? [] : [[{ text: told.why }]]),
    ...list('What to do next', true, told.next.map((text) => [{ text }])),
    { kind: 'paragraph', runs: [{ text: `Watchward ${told.group}, revision ${told.revision}` }] },
  ];
}

function list(heading: string, ordered: boolean, items: readonly (readonly Run[])[]): readonly Part[] {
  return items.length === 0 ? [] : [{ kind: 'heading', text: heading }, { kind: 'list', ordered, items }];
}
