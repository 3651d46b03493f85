import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { findProjectRoot } from "@/lib/store/project-root";

/** What a printed record is laid out with, out of the product's own folder: its style sheet, and its font as WOFF2. */
export async function readPaperFiles(): Promise<{ css: string; font: Buffer }> {
  const root = findProjectRoot();
  const [css, font] = await Promise.all([
    readFile(join(root, "components/report/paper.css"), "utf8"),
    readFile(join(root, "node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2")),
  ]);
  return { css, font };
}
