import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { configDefaults, defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** Whether a test with a count of runs or kills does them all (`npm run test:long`) or a few. */
    long: boolean;
  }
}

/**
 * Rendered tests (`.tsx`, in an environment of their own) after all others. Vitest ends a worker whose next file asks
 * for another environment, and with it the modules and the store that the worker has: in any other order it ends them often.
 */
class RenderedLast extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isRendered = ({ moduleId }: TestSpecification) => moduleId.endsWith(".tsx");
    return [...sorted.filter((file) => !isRendered(file)), ...sorted.filter(isRendered)];
  }
}

export default defineConfig({
  resolve: { alias: { "@": fileURLToPath(new URL(".", import.meta.url)) } },
  test: {
    include: ["{lib,sandbox,bench,components}/**/*.test.{ts,tsx}"],
    exclude: [...configDefaults.exclude, "**/*.{kill,slow,long}.test.ts"],
    provide: { long: false },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Of one second, its default, a busy machine makes a failure.
    expect: { poll: { timeout: 30_000 } },
    // A worker loads each module once and opens one store (`openTestStore`): that is most of what a test file costs.
    isolate: false,
    sequence: { sequencer: RenderedLast },
    // What one run has transformed the next one reads: `npm test` has two.
    experimental: { fsModuleCache: true },
    // As the product runs (lib/cli/main.ts).
    execArgv: ["--wasm-tiering-budget=100000000"],
    // Three also on two cores: a file that waits for its servers leaves one of them idle.
    maxWorkers: Math.max(3, availableParallelism() - 1),
  },
});
