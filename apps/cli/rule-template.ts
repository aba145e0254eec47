/** What `rules new` writes: a rule of the user's own and its cases, which do what they should from the start. */
export function newRule(name: string): { readonly rule: string; readonly cases: string } {
  const word = name.replaceAll(/[^a-z0-9]+/g, '_').slice(0, 12);
  const title = name.replaceAll('-', ' ').replace(/^./, (first) => first.toUpperCase());
  return {
    rule: `title: ${title}
severity: high              # informational, low, medium, high or critical
confidence: high            # low, medium or high
consequence: Say in one sentence what whoever reads it can do.
remediation: Say where to revoke it and what to use instead.
references: []
match:
  # Lower case; one of them is near every match. The pattern runs only there.
  keywords: ['${word}_']
  # The group "secret" is what is reported, never printed.
  pattern: '(?<![0-9A-Za-z_])(?<secret>${word}_[0-9A-Za-z]{32})(?![0-9A-Za-z_])'
`,
    cases: `fires:
  - text: 'token = "${word}_\${alnum:32}"'
silent:
  - text: 'token = "${word}_\${repeat:x:32}"'
`,
  };
}
