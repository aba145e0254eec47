import { evaluationMarkdown, modelCardMarkdown, modelListMarkdown } from '#act/models/model-markdown.ts';
import { evaluationPage as htmlEvaluation, modelPage as htmlModel } from '#act/models/model-page.ts';
import type { EvaluatedModel, ModelStatus } from '#model/model-card.ts';
import { toolIdentity } from './identity.ts';

export { evaluationText, modelCard, modelList } from '#act/models/model-pretty.ts';
export { evaluationMarkdown, modelCardMarkdown, modelListMarkdown };

export function modelPage(status: ModelStatus): string {
  return htmlModel(status, toolIdentity());
}

export function evaluationPage(evaluated: EvaluatedModel): string {
  return htmlEvaluation(evaluated, toolIdentity());
}
