import type { Import } from "@/lib/architecture/read-imports";
import { findFile, resolveImport } from "@/lib/architecture/resolve-import";

/** One import that runs: who imports, what as written, and the path it means; null for a package. */
interface Reach {
  file: string;
  specifier: string;
  target: string | null;
}

/** The way from a file over others to what is looked for, by imports that run: `a.ts -> b.ts -> pg`; null when there is none. */
export function findReached(
  graph: ReadonlyMap<string, readonly Import[]>,
  start: string,
  isSought: (reach: Reach) => boolean,
): string | null {
  const cameFrom = new Map<string, string | null>([[start, null]]);
  for (const file of cameFrom.keys()) {
    for (const { specifier, typeOnly } of graph.get(file) ?? []) {
      if (typeOnly) continue;
      const target = resolveImport(file, specifier);
      if (isSought({ file, specifier, target })) return [...trace(cameFrom, file), specifier].join(" -> ");
      const next = target === null ? null : findFile(graph, target);
      if (next !== null && !cameFrom.has(next)) cameFrom.set(next, file);
    }
  }
  return null;
}

function trace(cameFrom: ReadonlyMap<string, string | null>, file: string): string[] {
  const before = cameFrom.get(file) ?? null;
  return before === null ? [file] : [...trace(cameFrom, before), file];
}
