import { defineConfig } from 'vitest/config';

/** `unit`: pure, no I/O beyond files. `db`: *.db.test.ts against a real Postgres, one schema-free database per worker. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{lib,cli,components,prisma}/**/*.test.{ts,tsx}'],
          exclude: ['**/*.db.test.ts', '**/node_modules/**'],
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'db',
          include: ['{lib,cli,prisma}/**/*.db.test.ts'],
          globalSetup: ['lib/db/test-server.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
        },
      },
    ],
  },
});
