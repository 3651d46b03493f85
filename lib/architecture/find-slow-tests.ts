import { findReached } from "@/lib/architecture/find-reached";
import { matches } from "@/lib/architecture/find-violations";
import { SDKS } from "@/lib/architecture/import-table";
import { type Import, readImports } from "@/lib/architecture/read-imports";
import type { SourceFile } from "@/lib/architecture/read-sources";

/** What opens a database or another process, and the services' SDKs, which take a second to load. */
const SLOW_PACKAGES = [...SDKS, "@electric-sql/pglite", "pg", "pg-boss", "node:child_process"];
/** The servers of the sandbox. */
const SANDBOX_START = /^sandbox\/(?:.+\/)?start-[^/]+$/;
/** Loads the embedded store in `npm run test:long` only. */
const MEMORY_FIRST = { file: "lib/context/open-test-ctx.ts", later: "@/lib/store/open-test-store" };

/**
 * Tests that load what makes a test slow though their names do not say so: `npm run verify` would run them. One line each, with
 * the way to what it loads.
 */
export function findSlowTests(sources: readonly SourceFile[]): string[] {
  const files = sources.filter(({ path }) => /\.tsx?$/.test(path));
  const graph = new Map(
    files.map(({ path, text }) => {
      const isNow = ({ specifier }: Import) => path !== MEMORY_FIRST.file || specifier !== MEMORY_FIRST.later;
      return [path, readImports(text).filter(isNow)];
    }),
  );
  const quick = files.filter(({ path }) => /(?<!\.(?:slow|kill|long))\.test\.tsx?$/.test(path));
  return quick.flatMap(({ path }) => {
    const way = findReached(graph, path, ({ specifier, target }) =>
      target === null ? matches(specifier, SLOW_PACKAGES) : SANDBOX_START.test(target),
    );
    return way ?? [];
  });
}
