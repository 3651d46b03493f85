import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What ends with a run, the last that was begun first. */
export type Closers = (() => Promise<void> | void)[];

/** Runs in a temporary folder of its own; whatever becomes of the run, what it has begun ends and the folder goes. */
export async function inOwnFolder<T>(
  name: string,
  run: (folder: string, closers: Closers) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), `chainferry-${name}-`));
  const closers: Closers = [() => rmSync(folder, { recursive: true, force: true })];
  try {
    return await run(folder, closers);
  } finally {
    for (const close of closers.reverse()) await close();
  }
}
