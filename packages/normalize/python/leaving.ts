import { cameBack } from './exits.ts';
import type { Lowering } from './lowering.ts';
import type { Node } from '../syntax/tree-reader.ts';
import { qualified } from './types.ts';

/** Calls that do not come back. */
const leaving: ReadonlySet<string> = new Set([
  'sys.exit', 'os._exit', 'os.abort', 'flask.abort', 'werkzeug.exceptions.abort', 'quart.abort', 'bottle.abort', 'flask_restful.abort', 'flask_restx.abort', 'flask_smorest.abort',
  'pytest.fail', 'pytest.skip', 'pytest.exit', 'bottle.redirect', 'cherrypy.HTTPRedirect',
]);
const builtins: ReadonlySet<string> = new Set(['exit', 'quit']);

/** `abort(404)`, `sys.exit()`: as after `raise`, nothing follows. */
function leavesHere(py: Lowering, node: Node): boolean {
  const { tree } = py;
  const call = tree.kind(node) === 'call' ? node : tree.kind(node) === 'await' ? tree.child(node) : -1;
  if (tree.kind(call) !== 'call') return false;
  const callee = tree.field(call, 'function');
  if (tree.kind(callee) === 'identifier' && builtins.has(tree.source(callee)) && py.isBuiltin(tree.source(callee))) return true;
  const name = qualified(py, callee);
  return name !== undefined && leaving.has(name);
}

/** An expression by itself. */
export function expressionStatement(py: Lowering, node: Node): void {
  const { tree } = py;
  const [first = -1, ...more] = tree.children(node);
  const leaves = more.length === 0 && leavesHere(py, first);
  for (const child of [first, ...more]) {
    if (child < 0) continue;
    if (/^(?:call|await)$/.test(tree.kind(child))) cameBack(py, child);
    else py.statement(child);
  }
  if (leaves) py.build.leave();
}
