import { K, R } from '#model/code-tree.ts';
import { alike, backquoted, template } from './alike-code.ts';
import { body, many } from './alike-statements.ts';
import { fields, type Lowerings, members, type NodeLowering, through, type TreeLowering } from './tree-lowering.ts';

/** What PHP calls otherwise than its relatives. */
export const php: Lowerings = new Map<string, NodeLowering>([
  ...alike,
  ['php_tag', () => undefined],
  ['expression_statement', shownOrDone],
  ['namespace_name', through],
  ['named_type', through],
  ['type_list', through],
  ['optional_type', through],
  ['qualified_name', qualified],
  ['conditional_expression', (into, node, role) => {
    const { raw } = into;
    const then = raw.by(node, 'body');
    // `a ?: b` gives `a` or `b`.
    into.record(K.Conditional, role, node, [[raw.by(node, 'condition'), R.Condition], [then === -1 ? raw.by(node, 'condition') : then, R.Then], [raw.by(node, 'alternative'), R.Else]]);
  }],
  ['foreach_statement', each],
  ['error_suppression_expression', through],
  ['list_literal', members(K.Array)],
  ['reference_assignment_expression', (into, node, role) => into.record(K.Assign, role, node, [[into.raw.by(node, 'left'), R.Left], [into.raw.by(node, 'right'), R.Right]], '=')],
  ['by_ref', through],
  ['heredoc', (into, node, role) => {
    const held = into.raw.by(node, 'value');
    if (held === -1) into.leafAt(K.Str, role, node, '');
    else template(into, held, role);
  }],
  ['shell_command_expression', backquoted],
  ['exit_statement', (into, node, role) => {
    const { raw } = into;
    into.at(K.Call, role, node);
    into.leaf(K.Name, R.Callee, raw.start(node), raw.start(node) + 4, 'exit');
    into.list(K.Args, R.Args, node, raw.named(node));
    into.close();
  }],
  ...many('class_declaration interface_declaration trait_declaration enum_declaration', (into, node, role) => {
    const { raw } = into;
    const base = raw.ofKind(node, 'base_clause');
    const held = raw.by(node, 'body');
    into.at(K.Class, role, node);
    into.put(raw.by(node, 'name'), R.Name);
    if (base !== -1) into.list(K.List, R.Super, base, raw.named(base));
    if (held !== -1) into.list(K.ClassBody, R.Body, held, raw.named(held));
    into.close();
  }),
  ['property_declaration', properties],
  ['variadic_parameter', fields(K.Param, { name: R.Target, type: R.Type })],
]);

/** `<?= $x ?>` is `echo $x`. */
function shownOrDone(into: TreeLowering, node: number, role: number): void {
  const { raw } = into;
  const start = raw.start(node);
  if (!/<\?=\s*$/.test(into.text.slice(Math.max(0, start - 20), start))) return through(into, node, role);
  into.list(K.Other, role, node, raw.named(node), 'echo_statement');
}

/** `\unserialize` is the function of that name; `A\B\c` is a member of a name space. */
function qualified(into: TreeLowering, node: number, role: number): void {
  const inner = into.raw.named(node);
  const [only] = inner;
  if (inner.length === 1 && only !== undefined) return into.leafAt(K.Name, role, only);
  into.record(K.Member, role, node, [[inner[0] ?? -1, R.Object], [inner.at(-1) ?? -1, R.Name]]);
}

/** The source comes first, then the target, of which only the value is of interest where there is a key. */
function each(into: TreeLowering, node: number, role: number): void {
  const { raw } = into;
  const held = raw.by(node, 'body');
  const [source = -1, target = -1] = raw.named(node).filter((child) => child !== held);
  into.at(K.ForEach, role, node, 'in');
  if (target !== -1 && raw.kind(target) === 'pair') into.list(K.Tuple, R.Target, target, raw.named(target));
  else into.put(target, R.Target);
  into.put(source, R.Source);
  body(into, held, R.Body);
  into.close();
}

function properties(into: TreeLowering, node: number, role: number): void {
  const { raw } = into;
  for (const element of raw.named(node).filter((child) => raw.kind(child) === 'property_element')) {
    const [name = -1, preset = -1] = raw.named(element);
    const value = preset !== -1 && raw.kind(preset) === 'property_initializer' ? (raw.named(preset)[0] ?? -1) : preset;
    into.record(K.VarDef, role, element, [[raw.by(node, 'type'), R.Type], [name, R.Target], [value, R.Init]]);
  }
}
