import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { configDefaults, defineConfig } from "vitest/config";

declare module "vitest" {
  interface ProvidedContext {
    /** Whether a test with a count of runs or kills does them all (`npm run test:long`) or a few. */
    long: boolean;
  }
}

export default defineConfig({
  resolve: { alias: { "@": fileURLToPath(new URL(".", import.meta.url)) } },
  test: {
    include: ["{lib,sandbox,bench,components}/**/*.test.{ts,tsx}"],
    exclude: [...configDefaults.exclude, "**/*.{kill,slow}.test.ts"],
    provide: { long: false },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A worker loads each module once and opens one store (`openTestStore`): that is most of what a test file costs.
    isolate: false,
    // Also on two cores: a file that waits for its servers leaves one of them idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
  },
});
