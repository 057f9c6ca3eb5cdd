import { defineConfig } from 'vitest/config';

// Packages resolve each other through their sources, so tests need no build.
const conditions = ['@plateau/source'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 180_000,
    pool: 'forks',
    passWithNoTests: false,
  },
});
