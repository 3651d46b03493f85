import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

/**
 * SHA-256, in hex, of names and contents of the files at and under `starts` (paths from the root; what does not exist is
 * left out), except those that `skipped` matches. Milliseconds for the whole project, and unlike times of change it
 * survives copies and checkouts.
 */
export function hashSources(starts, skipped) {
  const hash = createHash("sha256");
  const visit = (relative) => {
    if (skipped.test(relative)) return;
    hash
      .update(relative)
      .update("\0")
      .update(readFileSync(path.join(root, relative)));
  };
  const visitFolder = (folder) => {
    for (const entry of readdirSync(path.join(root, folder), { withFileTypes: true }).sort(byName)) {
      const child = `${folder}/${entry.name}`;
      if (entry.isDirectory()) visitFolder(child);
      else visit(child);
    }
  };
  for (const start of starts) {
    if (!existsSync(path.join(root, start))) continue;
    if (path.extname(start) === "") visitFolder(start);
    else visit(start);
  }
  return hash.digest("hex");
}

function byName(left, right) {
  return left.name < right.name ? -1 : 1;
}
