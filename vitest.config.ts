import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{model,simulator,diagram,language,cli,extension,test}/**/*.test.ts'],
    exclude: ['**/node_modules/**'],
    testTimeout: 60_000,
    // By default a core stays idle, which of two is half the time.
    maxWorkers: '100%',
  },
});
