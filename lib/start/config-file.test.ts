import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readConfigFile } from "./config-file";

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "chainferry-config-"));
  file = join(folder, "chainferry.env");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("lines, comments, quotes, CRLF and a byte order mark; the environment counts before it", () => {
  writeFileSync(
    file,
    '\uFEFFCHAINFERRY_LOG=info\r\n# CHAINFERRY_ENGINE=separate\r\nCHAINFERRY_DATA="D:\\Chainferry data"\r\nCHAINFERRY_POLL_MS=500\r\n',
  );
  expect(readConfigFile({ CHAINFERRY_CONFIG: file, CHAINFERRY_POLL_MS: "900" })).toEqual({
    CHAINFERRY_LOG: "info",
    CHAINFERRY_DATA: "D:\\Chainferry data",
  });
});

test("no file is named: nothing", () => {
  expect(readConfigFile({})).toEqual({});
  expect(readConfigFile({ CHAINFERRY_CONFIG: "" })).toEqual({});
});

test("a file that is not there is named", () => {
  expect(() => readConfigFile({ CHAINFERRY_CONFIG: file })).toThrow(file);
});

test("what Node has read before is refused, not ignored", () => {
  writeFileSync(file, "NODE_EXTRA_CA_CERTS=/etc/ca.pem\n");
  expect(() => readConfigFile({ CHAINFERRY_CONFIG: file })).toThrow(/NODE_EXTRA_CA_CERTS .* environment/);
});
