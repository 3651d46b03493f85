import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

const Serving = z.object({ url: z.url(), pid: z.number() });

const fileOf = (dataFolder: string): string => join(dataFolder, "serving.json");

/** Leaves word where the dashboard of a data folder answers, for commands that need what it holds; returns what takes it back. */
export async function announceServing(dataFolder: string, url: string): Promise<() => Promise<void>> {
  await writeFile(fileOf(dataFolder), `${JSON.stringify({ url, pid: process.pid })}\n`, { mode: 0o600 });
  return () => rm(fileOf(dataFolder), { force: true });
}

/** Where it answers, as it said when it started; null when it has left no word. A kill leaves an old one. */
export async function readServing(dataFolder: string): Promise<string | null> {
  const text = await readFile(fileOf(dataFolder), "utf8").catch(() => null);
  return text === null ? null : Serving.parse(JSON.parse(text)).url;
}
