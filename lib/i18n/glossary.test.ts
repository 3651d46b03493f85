import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { flattenMessages } from "./translator";
import { zhCn } from "./zh-CN/index";

const GLOSSARY = readFileSync(new URL("../../docs/glossary-zh.md", import.meta.url), "utf8");
const TEXTS = [...flattenMessages(zhCn)];

/** Rows of the table whose heading begins with a word, by columns. */
function rowsOf(heading: string): string[][] {
  const lines = GLOSSARY.split("\n");
  const start = lines.findIndex((line) => line.startsWith(`| ${heading} |`));
  const length = lines.slice(start).findIndex((line) => !line.startsWith("|"));
  return lines.slice(start + 2, start + length).map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const wordsOf = (cell = "") => cell.split("、").filter((word) => word !== "");
const LABELS = rowsOf("Label").map(([label = ""]) => label);
const REJECTED = rowsOf("English").flatMap(([, , not, but]) =>
  wordsOf(not).map((word) => ({ word, but: wordsOf(but) })),
);

/** Texts as they are read: without the console's labels, and with what a sentence's values would take left out. */
const withoutLabels = (text: string) => LABELS.reduce((rest, label) => rest.replaceAll(label, "▢"), text);

/** Words that a text must not hold. */
function rejectedIn(text: string): string[] {
  return REJECTED.filter(({ word, but }) =>
    but.reduce((rest, longer) => rest.replaceAll(longer, "▢"), text).includes(word),
  ).map(({ word }) => word);
}

/** What is wrong with the punctuation and spacing of a text. */
function roughIn(text: string): string[] {
  const plain = withoutLabels(text);
  const rules: [name: string, pattern: RegExp][] = [
    ["a space between Han and letters", /\p{Script=Han}[A-Za-z0-9]|[A-Za-z0-9%]\p{Script=Han}/u],
    [
      "half-width punctuation at Han",
      /\p{Script=Han} ?[,;:?!]|\p{Script=Han}\.(?!\p{L})|\p{Script=Han}\(|\)\p{Script=Han}/u,
    ],
    ["a space at full-width punctuation", / [，。：；（）？、]|[，。：；（？、] (?! )/u],
    ["a range with 到 or ～", /\d ?[到～~] ?\d/u],
    ["a space before %", /[\d}] [%％]|％/u],
    ["two full stops", /。。|，，|，。/u],
  ];
  return rules.filter(([, pattern]) => pattern.test(plain)).map(([name]) => name);
}

test("the glossary is read", () => {
  expect(REJECTED.length).toBeGreaterThan(30);
  expect(LABELS.length).toBeGreaterThan(4);
  expect(rejectedIn("在断点处切换到目标库")).toEqual(["断点", "切换", "目标库"]);
  expect(rejectedIn("断点续传；预检查；其他方式")).toEqual([]);
});

test.each([
  ["还原SQL Server 数据库", ["a space between Han and letters"]],
  ["备份, 上传", ["half-width punctuation at Han"]],
  ["1 到 5 个", ["a range with 到 or ～"]],
  ["{percent} %", ["a space before %"]],
  ["选择“异步执行DBCC”：1 至 5 个，56%。", []],
])("%s: %j", (text, wrong) => {
  expect(roughIn(text)).toEqual(wrong);
});

test("rejected words do not occur", () => {
  const found = TEXTS.flatMap(([key, text]) => {
    const words = rejectedIn(withoutLabels(text));
    return words.length === 0 ? [] : [`${key}: ${words.join(" ")}: ${text}`];
  });
  expect(found).toEqual([]);
});

test("punctuation and spacing are those of Chinese print", () => {
  const found = TEXTS.flatMap(([key, text]) => {
    const wrong = roughIn(text);
    return wrong.length === 0 ? [] : [`${key}: ${wrong.join("; ")}: ${text}`];
  });
  expect(found).toEqual([]);
});
