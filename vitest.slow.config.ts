import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** Whole migrations and the kill test: processes of their own, one after another. */
export default defineConfig({
  resolve: { alias: { "@": fileURLToPath(new URL(".", import.meta.url)) } },
  test: {
    include: ["lib/**/*.{kill,slow}.test.ts"],
    testTimeout: 900_000,
    fileParallelism: false,
    passWithNoTests: false,
  },
});
