import { analyze } from "@saralsql/tsql-parser";
import { expect, test } from "vitest";
import { BACKUP_SCRIPT_TYPES, buildBackupScript } from "./build-backup-script";

const say = (key: string) => `about ${key}\nand more`;
const build = (more: Partial<Parameters<typeof buildBackupScript>[0]> = {}) =>
  buildBackupScript({ databases: ["Sales"], type: "FULL", folder: "D:\\Backup", run: false, say, ...more });

function errorsOf(text: string): string[] {
  return analyze(text)
    .diagnostics.filter(({ source, severity }) => source === "parser" && severity === "error")
    .map(({ message, start }) => `${message} at: ${text.slice(start, start + 40)}`);
}

test.each(BACKUP_SCRIPT_TYPES)("%s is T-SQL, with the four parameters filled in", (type) => {
  const text = build({ type, run: true, databases: ["Sales", "库存", "a]b'c;--"] });
  expect(errorsOf(text)).toEqual([]);
  expect(text).toContain(
    "SET @backup_databases_list = N'Sales' + NCHAR(10) + N'库存' + NCHAR(10) + N'a]b''c;--';",
  );
  expect(text).toContain(`SET @backup_type = N'${type}';`);
  expect(text).toContain("SET @backup_folder = N'D:\\Backup\\';");
  expect(text).toContain("SET @is_run = 1;");
});

test("nothing that is said between the lines, and no name, becomes a statement", () => {
  const text = build({ databases: ["x'; DROP DATABASE y; --"], folder: "/var/opt/b'k" });
  expect(text).toContain("N'x''; DROP DATABASE y; --'");
  expect(text).toContain("N'/var/opt/b''k/'");
  expect(
    text
      .split("\n")
      .filter((line) => line.includes("and more"))
      .every((line) => line.includes("--")),
  ).toBe(true);
  expect(() => build({ databases: ["a\nGO\nDROP DATABASE b"] })).toThrow(RangeError);
});

test("without a list every database but the system's own is taken, and nothing runs in check mode", () => {
  const text = build({ databases: [] });
  expect(text).toContain("SET @backup_databases_list = N'';");
  expect(text).toContain("SET @is_run = 0;");
});
