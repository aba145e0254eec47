/**
 * What the name of a function of which nothing is known says of its arguments: what something is found by does not come out of it. What gives paths, addresses or text may well make
 * them of what it is asked.
 */

const javaLookUps = /^(?:get|find|fetch|lookup|query|select|count|exists)(?=[A-Z]|$)/;

/** `users.findByName(name)` */
export function asksInJava(name: string): boolean {
  return javaLookUps.test(name);
}

const pythonLookUps = /^_?(?:get|find|fetch|load|lookup|look_up|search|list|query|select|filter|filter_by|where|exclude|execute|scalars|scalar)(?:_(\w*))?$/;
/** Words of what is made of the question. */
const pythonMade = new RegExp(`(?:${[
  'html', 'markup', 'page', 'text', 'message', 'view', 'template', 'render', 'content', 'body', 'string', 'str', 'url', 'uri', 'link', 'path', 'file', 'folder', 'dir', 'name', 'command', 'cmd', 'sql', 'statement', 'arg', 'param', 'value',
  'title', 'label', 'expression', 'pattern', 'regex', 'code', 'script', 'source', 'host', 'address', 'location', 'target', 'redirect', 'next',
].join('|')})(?:s|$|_)`);
/** `get_user_by_name`: what it is found by, and where. */
const foundBy = /_(?:by|for|from|with|of|in|or)_.*$/;

export function asksInPython(name: string): boolean {
  const found = pythonLookUps.exec(name.replace(foundBy, ''));
  return found !== null && (found[1] === undefined || !pythonMade.test(found[1]));
}

const looking = /^(?:(?:get|find|fetch|load|lookup|list|query|select)(?=[A-Z]|$)|use\w*Query$|useSWR)/i;
/** These look in what is stored: what they find was not part of the question. */
const searching = /^(?:find|select|query|count)(?=[A-Z]|$)/;
const writing = /html|markup|markdown|page|text|message|view|templat|render|content|body|string|url|link|format|compile|translat|escape|sanitiz|replace|concat|convert|merge|extend|assign|clone|default/i;

/** Whether a function makes text of what it gets, searches what is stored, or looks for what it is asked without making text of it. */
export function askingInJavaScript(name: string): { readonly writes: boolean; readonly searches: boolean; readonly looks: boolean } {
  const writes = writing.test(name);
  return { writes, searches: searching.test(name), looks: !writes && looking.test(name) };
}
