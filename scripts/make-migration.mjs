// node scripts/make-migration.mjs NAME
// Writes prisma/migrations/NNNN_NAME/migration.sql: what brings the migrations so far to schema.prisma.
// Runs Prisma's engine in WebAssembly on an empty database in memory (docs/adr/0006-prisma-engine-in-wasm.md).
import { spawnSync } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const run = spawnSync(
  process.execPath,
  ["--import", "tsx", path.join(root, "lib/store/make-migration.ts"), ...process.argv.slice(2)],
  { cwd: root, stdio: "inherit" },
);
process.exit(run.status ?? 1);
