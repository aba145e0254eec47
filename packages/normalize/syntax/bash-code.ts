import { K, R } from '#model/code-tree.ts';
import { alike } from './alike-code.ts';
import { body, eachLoop, many } from './alike-statements.ts';
import { fields, type Lowerings, members, type NodeLowering, through } from './tree-lowering.ts';

/** What Bash calls otherwise than its relatives. */
export const bash: Lowerings = new Map<string, NodeLowering>([
  ...alike,
  ['command', (into, node, role) => {
    const { raw } = into;
    into.at(K.Call, role, node);
    into.put(raw.by(node, 'name'), R.Callee);
    into.list(K.Args, R.Args, node, raw.allBy(node, 'argument'));
    into.close();
  }],
  ['command_name', through],
  ['redirected_statement', (into, node, role) => {
    const inner = into.raw.named(node);
    if (inner.length === 1) into.put(inner[0] as number, role);
    else into.list(K.Other, role, node, inner, 'redirected_statement');
  }],
  ['variable_assignment', fields(K.Assign, { name: R.Left, value: R.Right })],
  ['if_statement', (into, node, role) => {
    const { raw } = into;
    const conditions = raw.allBy(node, 'condition').filter((child) => raw.isNamed(child));
    const inner = raw.named(node).filter((child) => !conditions.includes(child));
    const isClause = (child: number): boolean => /^(?:elif|else)_clause$/.test(raw.kind(child));
    into.at(K.If, role, node);
    if (conditions[0] !== undefined) into.put(conditions[0], R.Condition);
    into.list(K.Block, R.Then, node, inner.filter((child) => !isClause(child)));
    const others = inner.filter(isClause);
    if (others.length > 0) into.list(K.Block, R.Else, others[0] as number, others);
    into.close();
  }],
  ...many('elif_clause else_clause subshell', members(K.Block)),
  ['for_statement', eachLoop('variable', 'value')],
  ['while_statement', (into, node, role) => {
    into.at(K.While, role, node);
    into.put(into.raw.by(node, 'condition'), R.Condition);
    body(into, into.raw.by(node, 'body'), R.Body);
    into.close();
  }],
]);
