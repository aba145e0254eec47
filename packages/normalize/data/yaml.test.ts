import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dataKind } from '#model/data-tree.ts';
import { readYamlPattern, readYamlTree } from './yaml.ts';
import { sketch } from './sketch.ts';

test('members, items and scalars with their places', () => {
  const text = 'a: |\n  x\n\nb: [1, "q"]\nn: {k: yes}\n---\n- *x\n';
  const tree = readYamlTree(text);
  expect(sketch(tree)).toBe('document(map(pair(string:a string:x↵) pair(string:b list(number:1 string:q)) pair(boolean:false map(pair(string:k boolean:true)))) list(form:alias))');
  const flow = tree.kind.indexOf(dataKind.list);
  expect(text.slice(tree.start[flow], tree.end[flow])).toBe('[1, "q"]');
  const block = 4;
  expect(text.slice(tree.start[block], tree.end[block])).toBe('\n  x');
});

test('ellipses stand among members, among items, and for values', () => {
  expect(sketch(readYamlPattern('a:\n  ...\n  b: $X\n'))).toBe('document(pair(string:a map(ellipsis pair(string:b name:$X))))');
  expect(sketch(readYamlPattern('...\n- id: $X\n  ...\n...\n'))).toBe('document(list(ellipsis map(pair(string:id name:$X) ellipsis) ellipsis))');
  expect(sketch(readYamlPattern('- ...\n  m: 1\n'))).toBe('document(map(ellipsis pair(string:m number:1)))');
  expect(sketch(readYamlPattern('r: [..., $R, ...]'))).toBe('document(pair(string:r list(ellipsis name:$R ellipsis)))');
  expect(sketch(readYamlPattern('r: ...'))).toBe('document(pair(string:r ellipsis))');
});

test('what is no YAML is a gap', () => {
  expect(readYamlTree('a: [').errors).toHaveLength(1);
  expect(readYamlTree('{{ if }}\na: 1').errors).toHaveLength(1);
});

test('any text gives a tree that nests', () => {
  const piece = fc.constantFrom('a', ':', ' ', '\n', '- ', '[', ']', '{', '}', ',', '"', '|', '>', '&x ', '*x', '!t ', '#', '---\n', '...', '$X', 'é');
  fc.assert(fc.property(fc.array(piece, { maxLength: 30 }), fc.boolean(), (parts, isPattern) => {
    const tree = (isPattern ? readYamlPattern : readYamlTree)(parts.join(''));
    for (let node = 0; node < tree.size; node++) {
      expect(tree.start[node]).toBeLessThanOrEqual(tree.end[node] as number);
      expect(tree.next[node]).toBeGreaterThan(node);
    }
  }));
});
