import { kebab, words, type Template } from './scaffold.ts';

/** A declarative rule about text. */
export default {
  kind: 'rule',
  usage: 'rule <surface>/<what-is-wrong>   (surface: secrets, infra, pipeline, component, image or web)',
  argument: new RegExp(`^(?:secrets|infra|pipeline|component|image|web)/(${kebab})$`),
  extension: 'yaml',
  place: (id) => `content/rules/${id}`,
  unit: (id) => `title: ${words(id)}
severity: high
confidence: medium
consequence: Say in one sentence what whoever reads it can do.
remediation: Say where to revoke it and what to use instead.
references: []
match:
  keywords: [acme_]
  pattern: '(?<![0-9A-Za-z_])(?<secret>acme_[0-9A-Za-z]{32})(?![0-9A-Za-z_])'
`,
  cases: () => `fires:
  - text: 'Replace this by a line in which the rule must fire; build secrets with expressions such as alnum:32 in \${}.'
silent:
  - text: 'Replace this by a line that looks alike and is harmless.'
`,
} satisfies Template;
