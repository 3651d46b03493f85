import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { programFile } from "./build-program.mjs";
import { hashSources, root } from "./hash-sources.mjs";

const cache = path.join(root, "node_modules/.cache/chainferry");
const stamp = path.join(cache, "built-from");

/**
 * Makes the empty store that a first start copies (lib/store/store-template.ts), which takes seconds and hundreds of
 * megabytes, in a process of its own. Where that fails, the first start makes its store itself.
 */
export function buildStoreTemplateIfNeeded() {
  const sources = hashSources(["prisma/migrations", "package-lock.json"], /\.toml$/);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === sources) return;
  const { status } = spawnSync(process.execPath, [programFile("make-store-template")], {
    cwd: root,
    stdio: ["ignore", 2, 2],
  });
  if (status !== 0) return;
  mkdirSync(cache, { recursive: true });
  writeFileSync(stamp, sources);
}
