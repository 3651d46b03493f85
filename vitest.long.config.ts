import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/**
 * Every run of the property tests and every kill, what `npm test` does a share of, and what it plays on the store in memory, on
 * the embedded one.
 */
export default defineConfig({
  resolve: { alias: { "@": fileURLToPath(new URL(".", import.meta.url)) } },
  test: {
    include: [
      "{lib,sandbox,bench}/**/*.{property,reference,kill,quick,long}.test.ts",
      "lib/demo/demo-{source-versions,real-files}.slow.test.ts",
      "lib/{once/looks-on-sandbox,services/on-sandbox,steps/find-file/convert-candidates}.slow.test.ts",
      "lib/services/notify/notify.property.slow.test.ts",
      "lib/sqlserver/hostile-names.slow.test.ts",
      "lib/services/migration/cutover-faults.slow.test.ts",
    ],
    provide: { long: true },
    testTimeout: 3_600_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000 } },
    maxWorkers: 2,
    passWithNoTests: false,
  },
});
