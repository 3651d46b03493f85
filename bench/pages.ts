import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { z } from "zod";

const RouteStats = z.array(z.object({ route: z.string(), firstLoadChunkPaths: z.array(z.string()) }));

/** Run from the project's folder. Bytes of JavaScript, gzipped, that a browser loads for the first view of each page, framework included. */
export async function benchPages(): Promise<Record<string, number>> {
  const build = spawnSync(process.execPath, ["scripts/build-if-needed.mjs"], {
    stdio: ["ignore", 2, 2],
  });
  if (build.status !== 0) throw new Error("The pages could not be built; the reason is above.");
  const sizes = new Map<string, number>();
  const gzipped = (path: string) => {
    const known = sizes.get(path) ?? gzipSync(readFileSync(path), { level: 9 }).length;
    sizes.set(path, known);
    return known;
  };
  const stats = RouteStats.parse(
    JSON.parse(readFileSync(".next/diagnostics/route-bundle-stats.json", "utf8")),
  );
  const pages = stats
    .filter(({ route }) => !route.startsWith("/_"))
    .map(({ route, firstLoadChunkPaths }) => {
      const bytes = firstLoadChunkPaths.map(gzipped).reduce((sum, size) => sum + size, 0);
      return [route, bytes] as const;
    })
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(pages);
}
