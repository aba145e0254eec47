/** Whether a text is such a condition. */
export function isLabelCondition(text: string): boolean {
  const name = String.raw`(?!(?:and|or|not)\b)[A-Za-z_]\w*`;
  const part = new RegExp(String.raw`\bnot\s+${name}|\(\s*${name}\s*\)|${name}\s+(?:and|or)\s+${name}`, 'g');
  let rest = text.trim();
  for (let before = ''; before !== rest && rest.length < longest; ) {
    before = rest;
    rest = rest.replace(part, 'A').trim();
  }
  return new RegExp(`^${name}$`).test(rest);
}

const longest = 5_000;

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
