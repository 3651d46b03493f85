import { asLsn, fromHeaderJson } from "@/lib/backup/header-json";
import type { ChainInput } from "@/lib/chain/assess-chain";
import type { ChainTarget } from "@/lib/chain/verdict";
import { readTextFile } from "@/lib/files/read-text-file";

export interface ChainCase {
  id: unknown;
  input: ChainInput;
}

/**
 * Reads `[{ id, database?, from?, files: [{ name, complete?, …fields of a set }] }]`. A file without a known backup
 * type is unreadable. Throws an Error that says where when the structure is another.
 */
export async function readCases(path: string): Promise<ChainCase[]> {
  const json: unknown = JSON.parse(await readTextFile(path));
  if (!Array.isArray(json)) throw new Error(`${path}: expected an array of cases`);
  return json.map((entry: unknown, i) => readCase(entry, `${path}: case ${i + 1}`));
}

function readCase(entry: unknown, where: string): ChainCase {
  const field = fields(entry, where);
  const files = field.get("files");
  if (!Array.isArray(files)) throw new Error(`${where}: files must be an array`);
  const input: ChainInput = { files: [], unreadable: [], from: readTarget(field.get("from"), where) };
  const database = field.get("database");
  if (typeof database === "string" && database !== "") input.database = database;
  files.forEach((file: unknown, i) => {
    const of = fields(file, `${where}, file ${i + 1}`);
    const name = of.get("name");
    if (typeof name !== "string") throw new Error(`${where}, file ${i + 1}: name must be a text`);
    try {
      input.files.push({ name, complete: of.get("complete") !== false, set: fromHeaderJson(file) });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      input.unreadable?.push({ name, code: "not_a_backup" });
    }
  });
  return { id: field.get("id") ?? null, input };
}

function readTarget(from: unknown, where: string): ChainTarget | null {
  if (from === undefined || from === null) return null;
  const field = fields(from, `${where}, from`);
  const lsn = asLsn(field.get("lsn"));
  if (lsn === null) throw new Error(`${where}, from: lsn must be digits`);
  const guid = (key: string): string | null => {
    const value = field.get(key);
    return typeof value === "string" && value !== "" ? value.toUpperCase() : null;
  };
  return {
    lsn,
    differentialBaseLsn: asLsn(field.get("differentialBaseLsn")),
    differentialBaseGuid: guid("differentialBaseGuid"),
    lastRecoveryForkGuid: guid("lastRecoveryForkGuid"),
    familyGuid: guid("familyGuid"),
  };
}

function fields(value: unknown, where: string): Map<string, unknown> {
  if (typeof value !== "object" || value === null) throw new Error(`${where}: expected an object`);
  return new Map<string, unknown>(Object.entries(value));
}
