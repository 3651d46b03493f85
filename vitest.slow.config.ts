import { fileURLToPath } from "node:url";
import { configDefaults, defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/**
 * Whole migrations first: a file of them takes minutes, all others seconds, and one that began last would be waited for
 * alone.
 */
class MigrationsFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isMigration = ({ moduleId }: TestSpecification) => moduleId.includes("/lib/demo/");
    return [...sorted.filter(isMigration), ...sorted.filter((file) => !isMigration(file))];
  }
}

/** What opens a database, a server or a process: the store and the adapters, whole migrations, kill tests. */
export default defineConfig({
  resolve: { alias: { "@": fileURLToPath(new URL(".", import.meta.url)) } },
  test: {
    include: ["{lib,sandbox,bench}/**/*.{kill,slow}.test.ts"],
    // Minutes of every fault at every step: `npm run test:long`.
    exclude: [...configDefaults.exclude, "**/cutover-faults.slow.test.ts"],
    provide: { long: false },
    testTimeout: 900_000,
    hookTimeout: 120_000,
    // A worker loads each module once and opens one store (`openTestStore`): that is most of what a small file costs.
    isolate: false,
    sequence: { sequencer: MigrationsFirst },
    // Also on two cores: a migration waits for its servers half of the time.
    maxWorkers: 4,
    // What one run has transformed the next one reads: `npm test` has two.
    experimental: { fsModuleCache: true },
    // As the product runs (lib/cli/main.ts).
    execArgv: ["--wasm-tiering-budget=100000000"],
    passWithNoTests: false,
  },
});
