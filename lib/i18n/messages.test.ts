import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { IntlMessageFormat } from "intl-messageformat";
import { describe, expect, it } from "vitest";
import { en } from "./en/index";
import { createTranslator, flattenMessages } from "./translator";
import { zhCn } from "./zh-CN/index";

const english = flattenMessages(en);
const chinese = flattenMessages(zhCn);
const root = fileURLToPath(new URL("../..", import.meta.url));

interface Node {
  type: number;
  value?: string;
  options?: Record<string, { value: Node[] }>;
}
const TAG_FREE = { ignoreTag: true };
const LITERAL = 0;
const POUND = 7;

/** Names of a message's placeholders, those inside plural branches too. */
function placeholders(text: string, locale: string): string[] {
  const names = new Set<string>();
  const walk = (nodes: Node[]) => {
    for (const node of nodes) {
      if (node.type !== LITERAL && node.type !== POUND && node.value !== undefined) names.add(node.value);
      for (const option of Object.values(node.options ?? {})) walk(option.value);
    }
  };
  walk(new IntlMessageFormat(text, locale, undefined, TAG_FREE).getAst() as Node[]);
  return [...names].sort();
}

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return path === join("lib", "i18n") ? [] : sources(path);
    return /\.tsx?$/.test(entry.name) && !entry.name.includes(".test.")
      ? [readFileSync(join(root, path), "utf8")]
      : [];
  });
}

describe("texts", () => {
  it("exist in both languages", () => {
    expect([...chinese.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it("are never empty, and parse as ICU messages", () => {
    for (const [locale, texts] of [
      ["en", english],
      ["zh-CN", chinese],
    ] as const) {
      for (const [key, text] of texts) {
        expect(text.trim(), `${locale} ${key}`).not.toBe("");
        expect(() => placeholders(text, locale), `${locale} ${key}: ${text}`).not.toThrow();
      }
    }
  });

  it("name the same placeholders", () => {
    for (const [key, text] of english) {
      expect(placeholders(chinese.get(key) ?? "", "zh-CN"), key).toEqual(placeholders(text, "en"));
    }
  });

  it("keep the tone: no exclamation marks, no Oops, no half-width punctuation between Han", () => {
    for (const [key, text] of english) expect(text, key).not.toMatch(/!|\boops\b|please|sorry/i);
    for (const [key, text] of chinese)
      expect(text, key).not.toMatch(/[!！]|\p{Script=Han}[,;:?]|\p{Script=Han}\.(?!\p{L})/u);
  });

  it("are all used", () => {
    const code = ["app", "components", "lib"].flatMap(sources).join("\n");
    const literals = new Set([...code.matchAll(/["'`]([a-z_]+\.[\w.-]+)["'`]/g)].map((match) => match[1]));
    const prefixes = [
      ...new Set([...code.matchAll(/`([a-z_]+\.[\w.-]*)\$\{/g)].map((match) => match[1] ?? "")),
    ];
    const unused = [...english.keys()].filter(
      (key) => !literals.has(key) && !prefixes.some((prefix) => prefix !== "" && key.startsWith(prefix)),
    );
    expect(unused).toEqual([]);
  });
});

describe("the translator", () => {
  it("formats plurals by language and leaves unknown dynamic keys to the fallback", () => {
    const { t, tx } = createTranslator("en");
    expect(t("shell.sandbox.text", { factor: 1 })).toContain("1 second stands for 1 second.");
    expect(t("format.source_time", { zone: "UTC+08:00" })).toContain("server's own clock (UTC+08:00)");
    expect(tx("error.no_such_reason", {}, "fallback")).toBe("fallback");
    expect(tx("format.of_total", {}, "fallback")).toBe("fallback");
  });
});
