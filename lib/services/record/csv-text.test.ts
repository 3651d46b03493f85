import { expect, test } from "vitest";
import { csvText } from "./csv-text";

const columns = [["text", (row: string) => row]] as const;
const cellOf = (text: string) => csvText(columns, [text]).slice('\uFEFF"text"\r\n'.length, -2);

test.each([
  "=1+1",
  "+1",
  "-1",
  "@SUM(A1)",
  "\t=1",
  "\rx",
  "\nx",
  ";=1",
  "＝1",
  "＋1",
  "－1",
  "＠a",
  "；a",
  "  =1",
  "\u00a0=1",
  "\u200b=1",
  "\uFEFF=1",
])("%j runs nothing", (text) => {
  expect(cellOf(text)).toBe(`"'${text}"`);
});

test.each([
  ["a,b", '"a,b"'],
  ['say "no"', '"say ""no"""'],
  ["", '""'],
  ["销售 = 1", '"销售 = 1"'],
  ["a\r\nb", '"a\r\nb"'],
])("%j stays what it is, in quotes", (text, cell) => {
  expect(cellOf(text)).toBe(cell);
});

test("begins with a byte order mark and the names", () => {
  expect(csvText(columns, [])).toBe('\uFEFF"text"\r\n');
});
