/** What a filter gives of the text that goes in: the same text, encoded text, text that is meant as markup, or nothing of it. */
export type FilterEffect = 'carries' | 'encodes' | 'means-markup' | 'gives-nothing';

const effects: ReadonlyMap<string, FilterEffect> = new Map<string, FilterEffect>([
  ...['safe', 'safeseq', 'mark_safe'].map((name) => [name, 'means-markup'] as const),
  ...['e', 'escape', 'force_escape', 'forceescape', 'escapeseq', 'urlize', 'urlizetrunc', 'linebreaks', 'linebreaksbr', 'linenumbers', 'xmlattr'].map((name) => [name, 'encodes'] as const),
  ...[
    'default', 'd', 'default_if_none', 'trim', 'strip', 'lower', 'upper', 'title', 'capitalize', 'capfirst', 'truncate', 'truncatechars', 'truncatewords', 'truncate_html', 'truncatechars_html',
    'truncatewords_html', 'wordwrap', 'indent', 'center', 'ljust', 'rjust', 'replace', 'cut', 'join', 'first', 'last', 'random', 'reverse', 'sort', 'dictsort', 'list', 'string', 'stringformat',
    'format', 'attr', 'get', 'batch', 'slice', 'unique', 'map', 'select', 'reject', 'selectattr', 'rejectattr', 'items', 'add', 'nl2br', 'addslashes', 'unordered_list',
  ].map((name) => [name, 'carries'] as const),
]);

/** Of a filter that is not known nothing is said to come out: it may well clean what it gets. */
export function filterEffect(name: string): FilterEffect {
  return effects.get(name) ?? 'gives-nothing';
}
