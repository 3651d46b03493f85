import {
  FREE_ROOMS,
  IMPORT_TABLE,
  RECURSIVE_FOLDERS,
  SANDBOX_IMPORTERS,
} from "@/lib/architecture/import-table";

/** docs/import-table.md: the import table as people read it. */
export function printImportTable(): string {
  const list = (names: readonly string[]): string =>
    names.length === 0 ? "–" : names.map((name) => `\`${name}\``).join(" ");
  const rows = Object.entries(IMPORT_TABLE).map(([room, rule]) => {
    const types = rule.types ? `; types of ${list(rule.types)}` : "";
    return `| \`${room}\` | ${rule.says} | ${list(rule.rooms)}${types} | ${list(rule.packages)} |`;
  });
  return `${[
    "# Who may import whom",
    "",
    "Printed from `lib/architecture/import-table.ts` by `npx vitest run lib/architecture.test.ts -u`; a test holds it.",
    "",
    "| room | rule | rooms | packages |",
    "|---|---|---|---|",
    ...rows,
    "",
    `${list(FREE_ROOMS)} may import anything. The sandbox is imported by ${list(SANDBOX_IMPORTERS)} and tests only.`,
    "A room may always import itself. No two folders import one another, by whatever way, and no two files:",
    `only a grammar is recursive (${list(RECURSIVE_FOLDERS)}).`,
  ].join("\n")}\n`;
}
