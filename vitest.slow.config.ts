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

/**
 * What opens stores and servers of its own, again and again, or kills them: each file in a worker that ends with it. In one that
 * lived on, the schema engine's memory grew until it failed.
 */
const ALONE = [
  "**/*.kill.test.ts",
  "lib/{cli,demo}/**/*.slow.test.ts",
  "lib/engine/{pg-boss-queue,worker}.slow.test.ts",
  "lib/preflight/scenarios.slow.test.ts",
  "lib/services/migration/at-once.slow.test.ts",
  "lib/services/upload/browser-uploads.slow.test.ts",
  "lib/sqlserver/hostile-names.slow.test.ts",
  "lib/store/backup/*.slow.test.ts",
  "lib/store/{damaged-store,open-postgresql,open-store,store-template}.slow.test.ts",
];
/** Minutes of every fault at every step: `npm run test:long`. */
const IN_LONG = "**/cutover-faults.slow.test.ts";

/** What opens a database, a server or a process: the store and the adapters, whole migrations, kill tests. */
export default defineConfig({
  resolve: { alias: { "@": fileURLToPath(new URL(".", import.meta.url)) } },
  test: {
    projects: [
      { extends: true, test: { name: "alone", include: ALONE, exclude: [...configDefaults.exclude] } },
      {
        extends: true,
        test: {
          name: "together",
          include: ["{lib,sandbox,bench}/**/*.slow.test.ts"],
          exclude: [...configDefaults.exclude, ...ALONE, IN_LONG],
          // A worker loads each module once and opens one store (`openTestStore`): that is most of what a small file costs.
          isolate: false,
        },
      },
    ],
    provide: { long: false },
    testTimeout: 900_000,
    hookTimeout: 120_000,
    // Of one second, its default, a busy machine makes a failure.
    expect: { poll: { timeout: 30_000 } },
    // As of the journeys: what passes only the second time is told as that.
    retry: 1,
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
