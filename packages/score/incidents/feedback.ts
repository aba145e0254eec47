import type { IncidentStep } from '#model/incident.ts';

/** What a person said of an incident, as far as others are like it. */
export interface Judgement {
  /** Of its steps, as `kindsOf` gives them. */
  readonly kinds: readonly string[];
  readonly attack: boolean;
}

export interface KindVerdicts {
  readonly attacks: number;
  readonly falseAlarms: number;
}

/** By kind of step, how often people said that it was an attack, and that it was none. */
export type Feedback = ReadonlyMap<string, KindVerdicts>;

/** Verdicts move the interest in an incident by at most a factor of three, whatever people say. */
export const mostLearned = 0.5;
const most = { kinds: 20_000, kindsOfIncident: 100 } as const;

export function kindsOf(steps: readonly Pick<IncidentStep, 'rule' | 'title'>[]): string[] {
  return [...new Set(steps.map(({ rule, title }) => `${rule}\n${title}`))].slice(0, most.kindsOfIncident);
}

/** Follows from the judgements that are in force and nothing else: what is taken back leaves nothing behind. */
export function feedbackOf(judgements: Iterable<Judgement>): Feedback {
  const feedback = new Map<string, KindVerdicts>();
  for (const { kinds, attack } of judgements) {
    for (const kind of kinds.slice(0, most.kindsOfIncident)) {
      const { attacks, falseAlarms } = feedback.get(kind) ?? { attacks: 0, falseAlarms: 0 };
      if (feedback.has(kind) || feedback.size < most.kinds) feedback.set(kind, { attacks: attacks + Number(attack), falseAlarms: falseAlarms + Number(!attack) });
    }
  }
  return feedback;
}

export interface Learned extends KindVerdicts {
  /** Orders of magnitude, within `mostLearned`; 0 where nobody said anything. */
  readonly moved: number;
}

/** The odds that people found for its kinds, each with one attack and one false alarm as a beginning; the mean over the kinds that they judged. */
export function learnedFrom(feedback: Feedback, steps: readonly Pick<IncidentStep, 'rule' | 'title'>[]): Learned {
  const judged = feedback.size === 0 ? [] : kindsOf(steps).flatMap((kind) => feedback.get(kind) ?? []);
  if (judged.length === 0) return { attacks: 0, falseAlarms: 0, moved: 0 };
  const mean = judged.reduce((sum, { attacks, falseAlarms }) => sum + Math.log10((attacks + 1) / (falseAlarms + 1)), 0) / judged.length;
  const of = (count: (one: KindVerdicts) => number): number => Math.max(...judged.map(count));
  return { attacks: of((one) => one.attacks), falseAlarms: of((one) => one.falseAlarms), moved: Math.max(-mostLearned, Math.min(mostLearned, mean)) };
}

/** What incidents are ordered by: the risk, moved by verdicts; 0 to 100, one decimal. */
export function rankOf(score: number, { moved }: Learned): number {
  return Math.round(Math.min(100, score * 10 ** moved) * 10) / 10;
}
