import { defineConfig } from 'vitest/config';

/**
 * Two suites: `*.test.ts` is quick and runs always; `*.deep.test.ts` takes longer and runs with `--mode deep`, or when it is named.
 * Aliases (`#model/...`) are the `imports` of package.json, which Node and vite both read.
 */
export default defineConfig(({ mode }) => {
  const deep = mode === 'deep' || process.argv.some((argument) => argument.includes('.deep.test'));
  const deepFiles = '**/*.deep.test.ts';
  return {
    test: {
      include: deep ? [deepFiles] : ['{packages,apps,tools,bench,integrations}/**/*.test.ts'],
      exclude: ['**/node_modules/**', '.generated/**', 'dist/**', ...(deep ? [] : [deepFiles])],
      setupFiles: ['tools/test/loopback.ts', 'tools/test/seed.ts'],
      pool: 'forks',
      maxWorkers: 2,
      // Deep tests install, clone and measure: side by side they would disturb each other.
      fileParallelism: !deep,
      // Far more than any needs, on a machine that does much else, too: what never ends is what they are for.
      testTimeout: deep ? 1_200_000 : 300_000,
      hookTimeout: deep ? 1_200_000 : 300_000,
      allowOnly: false,
      passWithNoTests: deep,
      restoreMocks: true,
      unstubEnvs: true,
    },
  };
});
