import type { SigmaLogsource } from '#formats/sigma.ts';

/** Categories that stand for several; taxonomy of Sigma 2.1.0, "Windows Folder". */
const widerCategories: ReadonlyMap<string, string> = new Map(
  ['registry_add', 'registry_delete', 'registry_rename', 'registry_set'].map((category) => [category, 'registry_event']),
);

/** Whether a rule speaks about events of a source. A source that says nothing about itself may be any. */
export function answersTo(rule: SigmaLogsource, source: SigmaLogsource): boolean {
  return (['product', 'service', 'category'] as const).every(
    (key) => rule[key] === undefined || source[key] === undefined || rule[key] === source[key] || rule[key] === widerCategories.get(source[key]),
  );
}
