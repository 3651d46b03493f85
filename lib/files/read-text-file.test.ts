import { expect, test } from "vitest";
import { decodeText } from "./read-text-file";

const TEXT = '{ "name": "数据库" }\r\n';
const utf16 = Buffer.from(TEXT, "utf16le");

test.each([
  ["UTF-8", Buffer.from(TEXT)],
  ["UTF-8 with its mark, as editors of Windows write it", Buffer.from(`\uFEFF${TEXT}`)],
  ["UTF-16, as Windows PowerShell writes it", Buffer.concat([Buffer.of(0xff, 0xfe), utf16])],
  ["UTF-16 the other way round", Buffer.concat([Buffer.of(0xfe, 0xff), Buffer.from(utf16).swap16()])],
])("a text in %s is read as it was meant", (_, bytes) => {
  expect(decodeText(bytes)).toBe(TEXT);
});

test("nothing is a text too", () => {
  expect(decodeText(new Uint8Array())).toBe("");
});
