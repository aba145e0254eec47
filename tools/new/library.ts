import { kebab, words, type Template } from './scaffold.ts';

/** What is known of a library that programs call. */
export default {
  kind: 'library',
  usage: 'library <language>/<name>   (language: javascript, java or python)',
  argument: new RegExp(`^(?:javascript|java|python)/(${kebab})$`),
  extension: 'yaml',
  place: (id) => `content/libraries/${id}`,
  unit: (id) => `title: ${words(id)}
versions: Say for which it was written.
references: []
# Paths, places and sections: specs/code.md.
sources: []
sinks:
  - {path: '${pathOf(id)}', argument: 0, class: command-injection}
summaries: []
sanitizers: []
guards: []
types: []
aliases: []
`,
  cases: () => `fires:
  - class: command-injection
    line: what stands on the line of the finding, and on no other
    code: |
      Replace this by a small program in which untrusted input reaches a sink of the library.
silent:
  - class: command-injection
    code: |
      Replace this by a program that looks alike and is harmless.
`,
} satisfies Template;

function pathOf(id: string): string {
  const [language, name = ''] = id.split('/');
  if (language === 'java') return `org.example.${words(name).replaceAll(' ', '')}.new.replaceThis`;
  return `${language === 'python' ? name.replaceAll('-', '_') : name}.replaceThis`;
}
