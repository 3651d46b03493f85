import { findReached } from "@/lib/architecture/find-reached";
import { FREE_ROOMS, IMPORT_TABLE, SANDBOX_IMPORTERS } from "@/lib/architecture/import-table";
import { type Import, readImports } from "@/lib/architecture/read-imports";
import { isTest, isTestSupport, type SourceFile } from "@/lib/architecture/read-sources";
import { resolveImport } from "@/lib/architecture/resolve-import";

/**
 * `lib/oss/x.ts` is of room `oss`, `app/x.tsx` of `app`, `components/ui/x.tsx` of `ui`. What defines a step lies beside
 * what runs it, but is of a room of its own.
 */
function roomOf(file: string): string {
  if (/^lib\/steps\/[^/]+\/definition(\.ts)?$/.test(file)) return "definitions";
  const [first = "", second = ""] = file.split("/");
  if (first === "components" && second === "ui") return second;
  return (first === "lib" ? second : first).replace(/\.tsx?$/, "");
}

/** One sentence for each forbidden import: where, what, and the rule it breaks. */
export function findViolations(sources: readonly SourceFile[]): string[] {
  const files = sources.filter(({ path: file }) => /\.tsx?$/.test(file));
  const graph = new Map(files.map(({ path: file, text }) => [file, readImports(text)]));
  const violations: string[] = [];
  for (const [file, imports] of graph) {
    const room = roomOf(file);
    if (isTest(file) || FREE_ROOMS.includes(room)) continue;
    const rule = IMPORT_TABLE[room];
    if (rule === undefined) {
      violations.push(`${file}: "${room}" is no room of the import table`);
      continue;
    }
    for (const one of imports) {
      const where = `${file}:${one.line} imports ${one.specifier}`;
      const target = resolveImport(file, one.specifier);
      if (target === null) {
        if (!matches(one.specifier, rule.packages)) violations.push(`${where}: ${rule.says}`);
        continue;
      }
      const other = roomOf(target);
      if (isTestSupport(target)) {
        violations.push(`${where}: fixtures are for tests`);
      } else if (other === "sandbox" && !SANDBOX_IMPORTERS.includes(room)) {
        violations.push(`${where}: nobody but cli, bench, start-up and tests imports the sandbox`);
      } else if (!mayImport(room, other, one)) {
        violations.push(`${where}: ${rule.says}`);
      }
    }
    const reached = findReached(graph, file, ({ specifier, file: by, target }) => {
      // Its own imports have been judged.
      return target === null && by !== file && matches(specifier, rule.neverReaches ?? []);
    });
    if (reached !== null) violations.push(`${reached}: ${rule.says}`);
  }
  return violations;
}

function mayImport(room: string, other: string, one: Import): boolean {
  const rule = IMPORT_TABLE[room];
  if (rule === undefined) return true;
  return other === room || rule.rooms.includes(other) || (one.typeOnly && (rule.types ?? []).includes(other));
}

/** Whether a package is one of those named, or of a prefix that ends in `*`. */
export function matches(specifier: string, packages: readonly string[]): boolean {
  return packages.some((name) =>
    name.endsWith("*")
      ? specifier.startsWith(name.slice(0, -1))
      : specifier === name || specifier.startsWith(`${name}/`),
  );
}
