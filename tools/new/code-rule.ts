import { kebab, words, type Template } from './scaffold.ts';

/** A rule about program code: a flow from untrusted input to sinks of its class, or a call that is wrong by itself. */
export default {
  kind: 'code-rule',
  usage: 'code-rule code/<what-is-wrong>',
  argument: new RegExp(`^code/(${kebab})$`),
  extension: 'yaml',
  place: (id) => `content/rules/${id}`,
  unit: (id) => `title: ${words(id)}
severity: medium
confidence: medium
cwe: [1]
consequence: Say in one sentence what an attacker can do.
remediation: Say what to write instead.
references: []
# Facts about single calls, forms of code in Semgrep's syntax (\`forms:\`), or \`flow: {class: ${id.slice(id.indexOf('/') + 1)}}\` where libraries name sinks of that class (specs/code.md).
calls:
  - {language: javascript, call: replace-this.unsafe, arguments: {0: {is: [weak]}}}
`,
  cases: () => `fires:
  - language: javascript
    line: what stands on the line of the finding, and on no other
    code: |
      Replace this by a small program in which the rule must fire.
silent:
  - language: javascript
    code: |
      Replace this by a program that looks alike and is harmless.
`,
} satisfies Template;
