import type { SigmaLogsource } from '#formats/sigma.ts';
import type { CompiledRule } from './compile.ts';

type Asked = Pick<CompiledRule, 'anchors'> & { readonly rule: Pick<CompiledRule['rule'], 'logsource'> };

const keys = ['product', 'service', 'category'] as const;

/** Categories that stand for several; taxonomy of Sigma 2.1.0, "Windows Folder". */
const widerCategories: ReadonlyMap<string, string> = new Map(
  ['registry_add', 'registry_delete', 'registry_rename', 'registry_set'].map((category) => [category, 'registry_event']),
);

/** Whether a rule speaks about events of a source. A source that says nothing about itself may be any. */
export function answersTo(rule: SigmaLogsource, source: SigmaLogsource): boolean {
  return keys.every(
    (key) => rule[key] === undefined || source[key] === undefined || rule[key] === source[key] || rule[key] === widerCategories.get(source[key]),
  );
}

/** Which rules are asked of a source, when some kinds of sources are recognised by what their records look like. */
export function routeTo(source: SigmaLogsource, recognised: readonly SigmaLogsource[]): (rule: Asked) => boolean {
  const products = new Set(recognised.map(({ product }) => product));
  const categories = new Set(recognised.map(({ category }) => category));
  const isKnown = ({ product, category }: SigmaLogsource): boolean => (product === undefined ? category !== undefined && categories.has(category) : products.has(product));
  const isSilent = keys.every((key) => source[key] === undefined);
  return ({ rule: { logsource }, anchors }) => {
    if (!answersTo(logsource, source)) return false;
    const isMeant = keys.every((key) => logsource[key] === undefined) || keys.some((key) => logsource[key] !== undefined && source[key] !== undefined);
    if (isMeant) return true;
    // From here on it is a guess that the record is of this kind. What a rule asks of fields bears it out; what must not be, or a word somewhere, does not.
    if (anchors === undefined) return false;
    return anchors.every((atom) => atom.kind !== 'text' || atom.field !== undefined) || (isSilent && !isKnown(logsource));
  };
}
