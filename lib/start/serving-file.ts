import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

/** `key`: by it the dashboard knows commands of this machine. Who may read the file may read the store and its key, too. */
const Serving = z.object({
  /** For this machine. */
  url: z.url(),
  /** For browsers. */
  page: z.url(),
  pid: z.number(),
  key: z.string(),
});

const fileOf = (dataFolder: string): string => join(dataFolder, "serving.json");

/** Leaves word where the dashboard of a data folder answers, for commands that need what it holds; returns what takes it back. */
export async function announceServing(
  dataFolder: string,
  serving: { url: string; page: string; key: string },
): Promise<() => Promise<void>> {
  const text = `${JSON.stringify({ ...serving, pid: process.pid })}\n`;
  // Made anew: the mode of a file that a kill has left would stay.
  await rm(fileOf(dataFolder), { force: true });
  await writeFile(fileOf(dataFolder), text, { mode: 0o600 });
  return () => rm(fileOf(dataFolder), { force: true });
}

async function readFileOf(dataFolder: string): Promise<z.infer<typeof Serving> | null> {
  const text = await readFile(fileOf(dataFolder), "utf8").catch(() => null);
  // One of an earlier release has no key.
  return text === null ? null : (Serving.safeParse(JSON.parse(text)).data ?? null);
}

/** Where browsers reach it, as it said when it started; null when it has left no word. A kill leaves an old one. */
export async function readServing(dataFolder: string): Promise<string | null> {
  return (await readFileOf(dataFolder))?.page ?? null;
}

/** What the dashboard of a data folder tells this machine's own command; null when it has left no word. */
export async function readFromServing(dataFolder: string, path: string): Promise<Response | null> {
  const serving = await readFileOf(dataFolder);
  if (serving === null) return null;
  return fetch(`${serving.url}${path}`, { headers: { authorization: `Bearer ${serving.key}` } });
}

/** Asks the dashboard of a data folder as this machine's own command; null when it has left no word. */
export async function askServing(dataFolder: string, path: string, body: unknown): Promise<Response | null> {
  const serving = await readFileOf(dataFolder);
  if (serving === null) return null;
  const { url, key } = serving;
  const headers = { origin: url, authorization: `Bearer ${key}` };
  if (body === null) return fetch(`${url}${path}`, { method: "POST", headers });
  return fetch(`${url}${path}`, {
    method: "POST",
    headers: { ...headers, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}
