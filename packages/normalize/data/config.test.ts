import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DataTree } from '#model/data-tree.ts';
import { readDockerfilePattern, readDockerfileTree } from './dockerfile.ts';
import { readHclPattern, readHclTree } from './hcl.ts';
import { readJsonPattern, readJsonTree } from './json.ts';
import { sketch } from './sketch.ts';

test('JSON, and patterns of it', () => {
  expect(sketch(readJsonTree('{"a": [1, -2.0, true, null, "x\\ny"], /* c */ "b": {},}'))).toBe('document(map(pair(string:a list(number:1 number:-2 boolean:true null:null string:x↵y)) pair(string:b map)))');
  expect(sketch(readJsonPattern('"a": {..., "b": $X},'))).toBe('document(pair(string:a map(ellipsis pair(string:b name:$X))))');
  expect(readJsonTree('{"a": ').errors).toHaveLength(1);
});

test('HCL: attributes, blocks, expressions and texts', () => {
  expect(sketch(readHclTree('resource "a" b {\n  x = 1 + 2 * var.y[0].z\n  t = "p-${f(q)}"\n}\n'))).toBe(
    'document(form:block(name:resource string:a name:b body(pair(name:x form:+(number:1 form:*(number:2 form:.(form:[](form:.(name:var name:y) number:0) name:z)))) pair(name:t form:template(string:p- form:call(name:f name:q))))))',
  );
  expect(sketch(readHclTree('a = <<EOF\nx\ny\nEOF\nb = { "k" = c ? d : !e, f : [for i in g : i] }\n'))).toBe(
    'document(pair(name:a string:x↵y↵) pair(name:b body(pair(name:k form:?:(name:c name:d form:!(name:e))) pair(name:f list(form:for(name:i name:g name:i))))))'.replace('list(form:for(name:i name:g name:i))', 'form:for(name:i name:g name:i)'),
  );
});

test('HCL: a statement that cannot be read costs only itself', () => {
  const tree = readHclTree('a = = 1\nb = 2\nc {\n  d = )\n  e = 3\n}\n');
  expect(sketch(tree)).toBe('document(pair(name:b number:2) form:block(name:c body(pair(name:e number:3))))');
  expect(tree.errors).toHaveLength(2);
});

test('HCL: patterns are statements or expressions', () => {
  expect(sketch(readHclPattern('resource $T "..." {\n  ...\n  x = $V\n}'))).toBe('document(form:block(name:resource name:$T string:... body(ellipsis pair(name:x name:$V))))');
  expect(sketch(readHclPattern('{..., K = true, ...}'))).toBe('document(body(ellipsis pair(name:K boolean:true) ellipsis))');
  expect(sketch(readHclPattern('var.$X'))).toBe('document(form:.(name:var name:$X))');
});

test('Dockerfile: instructions, options, commands and lists', () => {
  expect(sketch(readDockerfileTree('from --platform=l x:1@sha256:2 AS b\n# c\nRUN A=b apt update && \\\n  # c\n  apt install "x y" > f | tee\nCMD ["a", "b"]\nENV A=b\n'))).toBe(
    'document(form:FROM(option:platform(string:l) string:x option::(string:1) option:@(string:sha256:2) option:as(string:b)) form:RUN(form:&&(form:command(option:A=b string:apt string:update) form:|(form:command(string:apt string:install string:x y) form:command(string:tee)))) form:CMD(list(string:a string:b)) form:ENV(pair(string:A string:b)))',
  );
  expect(sketch(readDockerfilePattern('RUN ... && dnf $X ...\n...\nCMD $...V'))).toBe('document(form:RUN(form:&&(ellipsis form:command(string:dnf name:$X ellipsis))) ellipsis form:CMD(name:$...V))');
  expect(readDockerfileTree('FROM x\nhello there\n').errors).toHaveLength(1);
});

test('long chains and deep nesting reach a limit and say so', () => {
  const started = process.threadCpuUsage();
  for (const text of [`a = ${'1+'.repeat(100_000)}1`, `a = ${'['.repeat(50_000)}`, `a = ${'('.repeat(50_000)}`, `a = b${'.c'.repeat(100_000)}`]) expect(readHclTree(text).errors.length, text.slice(0, 9)).toBeGreaterThan(0);
  expect(readJsonTree('['.repeat(50_000)).errors).toHaveLength(1);
  expect(readDockerfileTree(`RUN ${'a && '.repeat(100_000)}b`).size).toBeGreaterThan(1);
  expect(process.threadCpuUsage(started).user / 1000).toBeLessThan(10_000);
});

test('any text gives a tree that nests', () => {
  const readers: readonly ((text: string) => DataTree)[] = [readJsonTree, readJsonPattern, readHclTree, readHclPattern, readDockerfileTree, readDockerfilePattern];
  const piece = fc.constantFrom('a', '=', ' ', '\n', '{', '}', '[', ']', '(', ')', '"', '${', '.', ',', ':', '?', '...', '$X', '<<E\n', 'RUN ', 'FROM ', 'ENV ', '&&', '|', '\\\n', '#', '/*', '1', '+', 'é', '%{', "'");
  fc.assert(fc.property(fc.array(piece, { maxLength: 30 }), fc.constantFrom(...readers), (parts, reader) => {
    const tree = reader(parts.join(''));
    for (let node = 0; node < tree.size; node++) {
      expect(tree.start[node]).toBeLessThanOrEqual(tree.end[node] as number);
      expect(tree.end[node]).toBeLessThanOrEqual(tree.text.length);
      expect(tree.next[node]).toBeGreaterThan(node);
      expect(tree.next[node]).toBeLessThanOrEqual(tree.size);
    }
  }), { numRuns: 3_000 });
});
