import { kebab, words, type Template } from './scaffold.ts';

/** Decides by structure whether a value can be a real credential. */
export default {
  kind: 'proof',
  usage: 'proof <name>',
  argument: new RegExp(`^(${kebab})$`),
  extension: 'ts',
  place: (name) => `packages/analyze/proofs/${name}`,
  unit: (name) => `import { defineProof, type ProofResult } from '#model/unit.ts';

export default defineProof({
  id: '${name}',
  title: '${words(name)}',
  check(): ProofResult {
    return { verdict: 'unknown', detail: 'say what was looked at' };
  },
});
`,
  cases: () => `export default {
  valid: ['replace this by a value whose check holds'],
  invalid: ['replace this by a value that cannot be real'],
};
`,
} satisfies Template;
