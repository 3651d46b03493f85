import type { Row } from "./run-statement";

/** Column readers: the driver hands out bigint as text and bit as boolean (or int, where T-SQL computed it). */
export function textField(row: Row, name: string): string | null {
  const value = row[name];
  if (value === null || value === undefined) return null;
  return typeof value === "string" ? value : String(value);
}

export function numberField(row: Row, name: string): number | null {
  const text = textField(row, name);
  if (text === null || text.trim() === "") return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}

export function flagField(row: Row, name: string): boolean {
  const value = row[name];
  return value === true || value === 1 || value === "1";
}
