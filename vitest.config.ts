import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{model,simulator,diagram,language,cli,extension,test}/**/*.test.ts'],
    exclude: ['**/node_modules/**'],
    testTimeout: 20_000,
  },
});
