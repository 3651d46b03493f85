// node scripts/make-migration.mjs NAME
// Writes prisma/migrations/NNNN_NAME/migration.sql: what brings the migrations so far to schema.prisma.
// Runs Prisma's engine in WebAssembly on an empty database in memory (docs/adr/0006-prisma-engine-in-wasm.md).
import { spawnSync } from "node:child_process";
import path from "node:path";
import { root } from "./hash-sources.mjs";

const run = spawnSync(
  process.execPath,
  [path.join(root, "scripts/run.mjs"), "make-migration", ...process.argv.slice(2)],
  { cwd: root, stdio: "inherit" },
);
process.exit(run.status ?? 1);
