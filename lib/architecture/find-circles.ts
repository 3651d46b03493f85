import path from "node:path";
import { readImports } from "@/lib/architecture/read-imports";
import { isTest, type SourceFile } from "@/lib/architecture/read-sources";
import { findFile, resolveImport } from "@/lib/architecture/resolve-import";

/** What a node imports, each with the import that shows it. */
type Graph = ReadonlyMap<string, ReadonlyMap<string, string>>;

/**
 * The circles that product files make by their imports, between folders (a folder and the one above it are two) or, by
 * `nodeOf`, between other things. Each once, as the shortest way round: `a -> b (a/x.ts:3 imports b/y) -> a (…)`. Types
 * count: who must read both to understand one does not care what is left of an import at run time.
 */
export function findCircles(
  sources: readonly SourceFile[],
  nodeOf: (file: string) => string = path.posix.dirname,
): string[] {
  const graph = graphOf(sources, nodeOf);
  const circles = new Map<string, string>();
  for (const start of [...graph.keys()].sort()) {
    const way = shortestWayRound(graph, start);
    const members = [...(way ?? [])].sort().join();
    if (way !== null && !circles.has(members)) circles.set(members, tell(graph, way));
  }
  return [...circles.values()];
}

function graphOf(sources: readonly SourceFile[], nodeOf: (file: string) => string): Graph {
  const files = new Map(
    sources
      .filter(({ path: file }) => /\.tsx?$/.test(file) && !isTest(file))
      .map(({ path: file, text }) => [file, text]),
  );
  const graph = new Map<string, Map<string, string>>();
  for (const [file, text] of files) {
    const node = nodeOf(file);
    const imported = graph.get(node) ?? new Map<string, string>();
    graph.set(node, imported);
    for (const { specifier, line } of readImports(text)) {
      const target = resolveImport(file, specifier);
      const found = target === null ? null : findFile(files, target);
      if (found === null || nodeOf(found) === node || imported.has(nodeOf(found))) continue;
      imported.set(nodeOf(found), `${file}:${line} imports ${specifier}`);
    }
  }
  return graph;
}

/** From the start over others back to it, without the start's second mention; null when there is no way. */
function shortestWayRound(graph: Graph, start: string): string[] | null {
  const cameFrom = new Map<string, string>();
  const seen = new Set([start]);
  for (const node of seen) {
    for (const next of graph.get(node)?.keys() ?? []) {
      if (next === start) return trace(cameFrom, node);
      if (seen.has(next)) continue;
      seen.add(next);
      cameFrom.set(next, node);
    }
  }
  return null;
}

function trace(cameFrom: ReadonlyMap<string, string>, node: string): string[] {
  const before = cameFrom.get(node);
  return before === undefined ? [node] : [...trace(cameFrom, before), node];
}

function tell(graph: Graph, way: readonly string[]): string {
  const told = way.map((node, i) => {
    const next = way[(i + 1) % way.length] ?? "";
    return ` -> ${next} (${graph.get(node)?.get(next)})`;
  });
  return `${way[0]}${told.join("")}`;
}
