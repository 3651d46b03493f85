import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** Whole migrations and the kill tests: two files at a time, each with servers, folders and processes of its own. */
export default defineConfig({
  resolve: { alias: { "@": fileURLToPath(new URL(".", import.meta.url)) } },
  test: {
    include: ["{lib,sandbox,bench}/**/*.{kill,slow}.test.ts"],
    provide: { long: false },
    testTimeout: 900_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    // As the product runs (lib/cli/main.ts).
    execArgv: ["--wasm-tiering-budget=100000000"],
    passWithNoTests: false,
  },
});
