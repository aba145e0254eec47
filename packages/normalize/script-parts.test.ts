import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scriptParts } from './script-parts.ts';

test('scripts of a page keep their places, and nothing else is left', () => {
  const text = '<p>é</p>\n<script>a()</script>\r\n<!-- <script>no()</script> -->\n<script type="application/json">{"x": 1}</script><SCRIPT type=module>\nb("<b>")\n</SCRIPT>';
  const parts = scriptParts(text);
  expect(parts?.text.length).toBe(text.length);
  for (const code of ['a()', 'b("<b>")']) expect(parts?.text.indexOf(code)).toBe(text.indexOf(code));
  expect(parts?.text.replace(/\s+/g, '')).toBe('a();b("<b>");');
});

test('a component says which language it is written in', () => {
  expect(scriptParts('<template><p v-if="a > b"/></template><script setup lang="ts">let a: number</script>')).toMatchObject({ typescript: true, jsx: false });
  expect(scriptParts("<script lang='tsx'>x</script>")).toMatchObject({ typescript: true, jsx: true });
  expect(scriptParts('<script src="a.js"></script>')).toBeUndefined();
  expect(scriptParts('<script>never closed(')?.text.trim()).toBe('never closed(');
});

test('whatever the text, lines and length stay', () => {
  const piece = fc.constantFrom('<script>', '</script>', '<!--', '-->', 'a', '\n', '\r\n', '<script ', '"', '>', "lang='ts'");
  fc.assert(fc.property(fc.array(piece, { maxLength: 30 }).map((all) => all.join('')), (text) => {
    const parts = scriptParts(text);
    if (parts === undefined) return;
    expect(parts.text.length).toBe(text.length);
    expect(parts.text.replace(/[^\r\n]/g, '')).toBe(text.replace(/[^\r\n]/g, ''));
  }));
});
