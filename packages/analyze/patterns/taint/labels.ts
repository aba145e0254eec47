/** Whether labels of taint satisfy a condition such as `A and not (B or C)`. What cannot be read does not hold. */
export function labelsSatisfy(condition: string, labels: ReadonlySet<string>): boolean {
  const tokens = condition.match(/[A-Za-z_]\w*|[()]/g) ?? [];
  let at = 0;
  const disjunction = (): boolean => {
    let value = conjunction();
    while (tokens[at] === 'or') {
      at++;
      const right = conjunction();
      value ||= right;
    }
    return value;
  };
  const conjunction = (): boolean => {
    let value = negation();
    while (tokens[at] === 'and') {
      at++;
      const right = negation();
      value &&= right;
    }
    return value;
  };
  const negation = (): boolean => {
    const token = tokens[at++];
    if (token === 'not') return !negation();
    if (token === '(') {
      const value = disjunction();
      at++;
      return value;
    }
    return token !== undefined && (token === 'True' || labels.has(token));
  };
  return disjunction();
}
