import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseBatch } from "./parse-batch";

const FOLDER = join(process.cwd(), "lib/sqlserver/sql");

describe("every statement of the product is T-SQL to this parser", () => {
  it.each(readdirSync(FOLDER).filter((name) => name.endsWith(".sql")))("%s", (name) => {
    const text = readFileSync(join(FOLDER, name), "utf8")
      .replaceAll("$(copy_only)", "COPY_ONLY, ")
      .replaceAll("$(compression)", "COMPRESSION")
      .replace(/\$\(\w+\)/g, "[a]]b]");
    expect(parseBatch(text).length).toBeGreaterThan(0);
  });
});
