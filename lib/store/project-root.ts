import { existsSync } from "node:fs";
import path from "node:path";

/**
 * The folder with `prisma/schema.prisma`: the working directory or one above it. Not `import.meta.url`: in a server
 * bundle that names a chunk.
 */
export function findProjectRoot(from: string = process.cwd()): string {
  // Not traced into the build: it is looked up where the process runs.
  let folder = path.resolve(/* turbopackIgnore: true */ from);
  while (!existsSync(path.join(folder, "prisma", "schema.prisma"))) {
    const parent = path.dirname(folder);
    if (parent === folder) {
      throw new Error(`No prisma/schema.prisma in ${from} or above it: start Chainferry in its own folder`);
    }
    folder = parent;
  }
  return folder;
}
