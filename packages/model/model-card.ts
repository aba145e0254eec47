/** What is told of a model to whoever must decide whether to believe it (Mitchell et al., "Model Cards for Model Reporting", 2019): `content/models/<id>.yaml`. */
export interface ModelCard {
  /** The name of its file. */
  readonly id: string;
  /** Changes whenever its answers can; signals carry it. */
  readonly version: string;
  readonly title: string;
  readonly kind: ModelKind;
  /** What it answers, and what follows from the answer. */
  readonly purpose: string;
  /** Units that ask it: ids of detectors, or paths of the code where no detector does. */
  readonly usedBy: readonly string[];
  readonly data: readonly ModelData[];
  /** How training, tuning and held-out data were kept apart. */
  readonly split: string;
  readonly figures: readonly CardFigure[];
  /** What it does not see, and where it is wrong. */
  readonly limits: readonly string[];
  /** The command that makes the shipped file anew; for a model of the stream, how it learns. */
  readonly training: string;
  /** How one sees in operation that it no longer fits. */
  readonly drift: string;
  readonly references: readonly string[];
}

export const modelKinds = ['stream', 'shipped'] as const;
/** `stream`: learns from what it watches and begins empty. `shipped`: comes with weights. */
export type ModelKind = (typeof modelKinds)[number];

export const dataUses = ['training', 'tuning', 'held-out'] as const;

export interface ModelData {
  readonly name: string;
  /** Who made it, and where it is to be had; for what a test draws, the test. */
  readonly origin: string;
  readonly licence: string;
  /** `training`: weights come from it. `tuning`: somebody looked at it while building. `held-out`: nobody did. */
  readonly use: (typeof dataUses)[number];
}

/** One number that says what a model is worth. */
export interface ModelFigure {
  /** A name of `data`. */
  readonly set: string;
  /** With its unit, as `F1, %`. */
  readonly measure: string;
  readonly value: number;
  /** What was promised; left out where nothing was. */
  readonly goal?: number;
  /** `higher` when it is left out. */
  readonly better?: 'higher' | 'lower';
}

export interface CardFigure extends ModelFigure {
  /** Gives the figure again. */
  readonly command: string;
}

/** Undefined where nothing was promised. */
export function isReached({ value, goal, better }: ModelFigure): boolean | undefined {
  if (goal === undefined) return undefined;
  return better === 'lower' ? value <= goal : value >= goal;
}

/** What a model says of labelled data. One file in `packages/engine/evaluations/`. */
export interface Evaluation {
  /** The name of its file; most often that of its model. */
  readonly id: string;
  readonly model: string;
  readonly title: string;
  /** What the folder must hold, so that somebody can lay it out. */
  readonly data: string;
  /** Throws an `EvaluationError` where the folder does not hold what is needed. */
  evaluate(folder: string): Promise<EvaluationResult> | EvaluationResult;
}

export interface EvaluationResult {
  readonly figures: readonly ModelFigure[];
  /** What a reader must know to believe the figures. */
  readonly notes: readonly string[];
  readonly reliability?: readonly Reliability[];
}

/** What was promised beside what came, for chances that a model gives. */
export interface Reliability {
  readonly title: string;
  /** `log` where the chances asked for are small ones. */
  readonly scale: 'linear' | 'log';
  readonly points: readonly ReliabilityPoint[];
}

export interface ReliabilityPoint {
  /** The chance that the model gives, 0 to 1. */
  readonly said: number;
  /** How often it was so, 0 to 1. */
  readonly seen: number;
  /** Of how many cases. */
  readonly count: number;
}

/** A model in this installation. */
export interface ModelStatus {
  readonly card: ModelCard;
  readonly on: boolean;
  readonly evaluations: readonly Omit<Evaluation, 'evaluate'>[];
  /** Undefined where no watch has kept anything of it. */
  readonly drift: ModelDrift | undefined;
}

/** What a watch saw of a model's surprises in its newest days. */
export interface ModelDrift {
  readonly band: 'unknown' | 'in' | 'loud' | 'quiet';
  /** One sentence with numbers. */
  readonly words: string;
  readonly reliability: Reliability;
  /** Days since the epoch with what was judged, and how many surprises were 1 or more. */
  readonly days: readonly { readonly day: number; readonly judged: number; readonly surprised: number }[];
}

/** What an evaluation gave, with what the card says of the same. */
export interface EvaluatedModel {
  readonly card: ModelCard;
  readonly evaluation: Omit<Evaluation, 'evaluate'>;
  readonly folder: string;
  readonly result: EvaluationResult;
  readonly seconds: number;
}

/** The folder does not hold what an evaluation needs. */
export class EvaluationError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'EvaluationError';
  }
}

export function defineEvaluation(evaluation: Evaluation): Evaluation {
  return evaluation;
}
