import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path, { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findProjectRoot } from "@/lib/store/project-root";
import { PATH_VARIABLES, readConfigFile } from "./config-file";

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
    '\uFEFFCHAINFERRY_LOG=info\r\n# CHAINFERRY_ENGINE=separate\r\nCHAINFERRY_OIDC_NAME="D:\\new data"\r\nCHAINFERRY_POLL_MS=500\r\n',
  );
  expect(readConfigFile({ CHAINFERRY_CONFIG: file, CHAINFERRY_POLL_MS: "900" })).toEqual({
    CHAINFERRY_LOG: "info",
    CHAINFERRY_OIDC_NAME: "D:\\new data",
  });
});

test("no file is named: nothing", () => {
  expect(readConfigFile({})).toEqual({});
  expect(readConfigFile({ CHAINFERRY_CONFIG: "" })).toEqual({});
});

test("a file that is not there is named", () => {
  expect(() => readConfigFile({ CHAINFERRY_CONFIG: file })).toThrow(file);
});

test("what Node has read before is refused, not ignored, unless the environment had it too", () => {
  writeFileSync(file, "NODE_EXTRA_CA_CERTS=/etc/ca.pem\n");
  expect(() => readConfigFile({ CHAINFERRY_CONFIG: file })).toThrow(/NODE_EXTRA_CA_CERTS .* environment/);
  const given = { CHAINFERRY_CONFIG: file, NODE_EXTRA_CA_CERTS: path.resolve("/etc/ca.pem") };
  expect(readConfigFile(given)).toEqual({});
});

const settings = (text: string | Buffer) => {
  writeFileSync(file, text);
  return readConfigFile({ CHAINFERRY_CONFIG: file });
};

test.each([
  [String.raw`A=CORP\new user  `, String.raw`CORP\new user`],
  [String.raw`A="CORP\new user"`, String.raw`CORP\new user`],
  ["export A = 5 # five", "5"],
  ["A='p#w\"d' # said by the DBA", 'p#w"d'],
  ["A=#", ""],
  ["A=it's", "it's"],
  ["A=postgresql://u:p%23@h/d?x=1&y=2", "postgresql://u:p%23@h/d?x=1&y=2"],
])("%s", (line, value) => {
  expect(settings(`${line}\r\n`)).toEqual({ A: value });
});

test.each([
  ["a password that would be cut off", "A=p#w", "would not count"],
  ["one that would be nothing", "A=#secret", "would not count"],
  ["quotes that are open", 'A="open', "not closed"],
  ["more than what is in quotes", 'A="say \\"hi\\""', "more follows"],
  ["a line of cmd.exe", "set A=1", "no NAME=value"],
  ["a line of YAML", "A: 1", "no NAME=value"],
])("%s is refused by its number, and no value is told", (_, line, words) => {
  expect(() => settings(`# first\n${line}\n`)).toThrow(`Line 2 of ${file}: `);
  expect(() => settings(`# first\n${line}\n`)).toThrow(words);
  expect(() => settings(`# first\n${line}\n`)).not.toThrow(/secret|p#w|hi/);
});

test("what an editor has saved in another encoding is refused: a folder would be made under a name that nobody wrote", () => {
  const gbk = Buffer.from([0x44, 0x3a, 0x5c, 0xca, 0xfd, 0xbe, 0xdd]);
  expect(() => settings(Buffer.concat([Buffer.from("CHAINFERRY_DATA="), gbk]))).toThrow("UTF-8");
});

test("a relative path is seen from the file's folder, not from that of the program", () => {
  expect(settings("CHAINFERRY_DATA=data\nCHAINFERRY_TLS_CERT=../chain.pem\nCHAINFERRY_LOG=debug\n")).toEqual({
    CHAINFERRY_DATA: join(folder, "data"),
    CHAINFERRY_TLS_CERT: join(folder, "..", "chain.pem"),
    CHAINFERRY_LOG: "debug",
  });
});

test("a release sees those of the environment from the user's folder, before it goes to its own", () => {
  const launcher = readFileSync(path.join(findProjectRoot(), "scripts/release/launch.mjs"), "utf8");
  const [, list = ""] = /for \(const name of \[([^;]*?)\n?\]\) \{/.exec(launcher) ?? [];
  const names = [...list.matchAll(/"(\w+)"/g)].map(([, name]) => name);
  // Node has read its own before.
  const ours = [...PATH_VARIABLES].filter((name) => !name.startsWith("NODE_"));
  expect(names.sort()).toEqual(["CHAINFERRY_CONFIG", ...ours].sort());
  expect(launcher.indexOf("path.resolve(process.env[name])")).toBeLessThan(
    launcher.indexOf("process.chdir("),
  );
});
