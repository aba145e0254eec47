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
      setupFiles: ['tools/test/loopback.ts'],
      pool: 'forks',
      maxWorkers: 2,
      // Deep tests install, clone and measure: side by side they would disturb each other.
      fileParallelism: !deep,
      testTimeout: deep ? 600_000 : 120_000,
      hookTimeout: deep ? 600_000 : 120_000,
      allowOnly: false,
      passWithNoTests: deep,
      restoreMocks: true,
      unstubEnvs: true,
    },
  };
});
