export interface Import {
  /** As written: a package, `node:…`, `@/…` or relative. */
  specifier: string;
  /** Erased at compile time: `import type`, or every name in the braces marked `type`. */
  typeOnly: boolean;
  line: number;
}

// The formatter starts every import and re-export at the beginning of a line.
const FROM = /^(?:import|export)\b([^;"'`=()]*?)\bfrom\s*["']([^"'\n]+)["']/gm;
const BARE = /^import\s*["']([^"'\n]+)["']/gm;
const CALL = /(?<![\w.$])(?:import|require)\s*\(\s*["']([^"'\n]+)["']\s*\)/g;

/** What a TypeScript source imports, re-exports, requires or loads with a literal `import()`. */
export function readImports(source: string): Import[] {
  const code = blankComments(source);
  const lineOf = (index: number) => code.slice(0, index).split("\n").length;
  const imports: Import[] = [];
  for (const { 1: clause = "", 2: specifier = "", index } of code.matchAll(FROM)) {
    imports.push({ specifier, typeOnly: isTypeClause(clause), line: lineOf(index) });
  }
  for (const pattern of [BARE, CALL]) {
    for (const { 1: specifier = "", index } of code.matchAll(pattern)) {
      imports.push({ specifier, typeOnly: false, line: lineOf(index) });
    }
  }
  return imports;
}

function isTypeClause(clause: string): boolean {
  const text = clause.trim();
  if (/^type\s+[\w${*]/.test(text) && !/^type\s+from\b/.test(text)) return true;
  const names = /^\{([\s\S]*)\}$/.exec(text)?.[1]?.split(",") ?? [];
  const written = names.map((name) => name.trim()).filter((name) => name !== "");
  return written.length > 0 && written.every((name) => name.startsWith("type "));
}

/** Comments become spaces, so that an import named in one does not count; strings are kept. */
export function blankComments(source: string): string {
  const token = /("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')|\/\*[\s\S]*?\*\/|(?<![:\\])\/\/[^\n]*/g;
  return source.replace(token, (match, text: string | undefined) => text ?? match.replace(/[^\n]/g, " "));
}
