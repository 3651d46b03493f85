// Writes the lists of step kinds, and generates the Prisma client into lib/store/generated when schema.prisma or Prisma itself changed.
// Prisma's CLI would fetch a native schema engine first. `generate` never runs it and only asks that the named file
// exists, so it is given one that does: nothing is downloaded (docs/adr/0006-prisma-engine-in-wasm.md).
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { generateSteps } from "./generate-steps.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const schema = path.join(root, "prisma/schema.prisma");
const output = path.join(root, "lib/store/generated");
const stamp = path.join(output, ".stamp");
const prisma = path.join(root, "node_modules/prisma");

generateSteps(root);

if (!existsSync(path.join(prisma, "package.json"))) {
  console.error("Prisma is not installed: run `npm ci` first.");
  process.exit(1);
}

const wanted = createHash("sha256")
  .update(readFileSync(schema))
  .update(JSON.parse(readFileSync(path.join(prisma, "package.json"), "utf8")).version)
  .digest("hex");
const isFresh =
  existsSync(path.join(output, "client.ts")) && existsSync(stamp) && readFileSync(stamp, "utf8") === wanted;

if (!isFresh) {
  const run = spawnSync(
    process.execPath,
    [path.join(prisma, "build/index.js"), "generate", "--schema", schema, "--no-hints"],
    {
      cwd: root,
      encoding: "utf8",
      env: {
        ...process.env,
        PRISMA_SCHEMA_ENGINE_BINARY: schema,
        PRISMA_HIDE_UPDATE_MESSAGE: "1",
        CHECKPOINT_DISABLE: "1",
      },
    },
  );
  if (run.status !== 0) {
    console.error(run.stdout, run.stderr);
    process.exit(run.status ?? 1);
  }
  writeFileSync(stamp, wanted);
  // Not on stdout: commands that print JSON run this first.
  console.error("Prisma client generated.");
}
