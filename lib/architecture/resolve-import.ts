import path from "node:path";

/** Path from the root for `@/…` and relative imports, without its ending; null for packages. */
export function resolveImport(file: string, specifier: string): string | null {
  if (specifier.startsWith("@/")) return specifier.slice(2);
  return specifier.startsWith(".") ? path.posix.join(path.posix.dirname(file), specifier) : null;
}

/** The file among the known ones that such a path means; null when it is none of them. */
export function findFile(known: { has(file: string): boolean }, target: string): string | null {
  const candidates = [target, `${target}.ts`, `${target}.tsx`, `${target}/index.ts`];
  return candidates.find((candidate) => known.has(candidate)) ?? null;
}
