import { expect, it } from 'vitest';
import { testParts } from './test-parts.ts';

const text = `fn run() {}

#[cfg(test)]
#[allow(dead_code)]
mod tests {
    #[test]
    fn runs() {
        super::run();
    }
}

fn after() {}
`;

it('finds the modules of a Rust file that are for tests only', () => {
  const [part, ...others] = testParts(text, 'rust');
  expect(others).toEqual([]);
  expect(text.slice(...(part as [number, number]))).toMatch(/^#\[cfg\(test\)\][^]*super::run\(\);\n {4}\}$/);
});

it('finds none in other languages, and none where nothing is marked', () => {
  expect(testParts(text, 'c')).toEqual([]);
  expect(testParts('fn run() {}\n#[cfg(unix)]\nmod unix {\n}\n', 'rust')).toEqual([]);
  expect(testParts('#[cfg(test)]\nmod tests {', 'rust')).toEqual([[0, 24]]);
});
