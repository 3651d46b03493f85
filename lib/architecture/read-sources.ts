import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

export interface SourceFile {
  /** From the project root, with slashes. */
  path: string;
  text: string;
}

/** Not ours to judge: made by tools, or not source. */
const SKIPPED = new Set([
  "node_modules",
  ".next",
  "dist",
  ".git",
  ".data",
  "generated",
  ".results",
  "coverage",
]);
const TEXT = /\.(tsx?|mjs|js|sql|prisma|css|md|json)$/;

/** Every source and text file under the given folders and files of the project, without generated ones. */
export function readSources(root: string, starts: readonly string[]): SourceFile[] {
  const found: SourceFile[] = [];
  const visit = (relative: string) => {
    for (const entry of readdirSync(path.join(root, relative), { withFileTypes: true })) {
      const child = relative === "" ? entry.name : `${relative}/${entry.name}`;
      if (SKIPPED.has(entry.name)) continue;
      if (entry.isDirectory()) visit(child);
      else if (TEXT.test(entry.name))
        found.push({ path: child, text: readFileSync(path.join(root, child), "utf8") });
    }
  };
  for (const start of starts) visit(start);
  return found;
}

export function isTest(file: string): boolean {
  return /\.(test|spec)\.tsx?$/.test(file) || isTestSupport(file);
}

/** Shared by tests: named `…-fixture` or `open-test-…`, and imported by no product file. */
export function isTestSupport(file: string): boolean {
  return /(?:^|\/)(?:open-test-[\w-]+|[\w-]+-fixture)(?:\.tsx?)?$/.test(file);
}
