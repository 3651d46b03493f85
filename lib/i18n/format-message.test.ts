import fc from "fast-check";
import { IntlMessageFormat } from "intl-messageformat";
import { describe, expect, it } from "vitest";
import type { Locale } from "@/lib/format/locale";
import { en } from "./en/index";
import { formatMessage } from "./format-message";
import { flattenMessages } from "./translator";
import { zhCn } from "./zh-CN/index";

const CATALOGUES: [Locale, Map<string, string>][] = [
  ["en", flattenMessages(en)],
  ["zh-CN", flattenMessages(zhCn)],
];

const icu = new Map<string, IntlMessageFormat>();

/** What ICU's own reader makes of a text. */
function asIcu(text: string, params: Record<string, string | number | null>, locale: Locale): string {
  const known = icu.get(locale + text) ?? new IntlMessageFormat(text, locale, undefined, { ignoreTag: true });
  icu.set(locale + text, known);
  return String(known.format(params));
}

describe("a message", () => {
  it.each(CATALOGUES)("of the catalogue %s reads as ICU reads it, whatever its values", (locale, texts) => {
    for (const [key, text] of texts) {
      const names = [...new Set([...text.matchAll(/\{(\w+)[,}]/g)].map(([, name = ""]) => name))];
      const words = [...text.matchAll(/([=\w-]+) \{/g)].map(([, word = ""]) => word);
      const numbers = new Set([...text.matchAll(/\{(\w+), (?:plural|number)/g)].map(([, name]) => name));
      for (const index of [0, 1, 2, 1234.5, ...words.keys()]) {
        const params = Object.fromEntries(
          names.map((name) => [name, numbers.has(name) ? index : (words[Math.floor(index)] ?? "x")]),
        );
        expect(formatMessage(text, params, locale), `${locale} ${key}`).toBe(asIcu(text, params, locale));
      }
    }
  });

  const word = fc.constantFrom("one", "two", "done", "=0", "=1");
  const { message } = fc.letrec<{ message: string }>((tie) => ({
    message: fc
      .array(
        fc.oneof(
          { depthSize: "small", withCrossShrink: true },
          fc.constantFrom("a", " ", "#", "''", "it''s", "'{'", "备份", "<b>", "{n}", "{word}", "{n, number}"),
          fc
            .tuple(fc.constantFrom("n, plural", "word, select"), word, tie("message"), tie("message"))
            .map(([head, selector, branch, other]) => {
              const fitting = head.startsWith("word")
                ? selector.replace("=", "x")
                : selector.replace(/^[td].*/, "=2");
              return `{${head}, ${fitting} {${branch}} other {${other}}}`;
            }),
        ),
        { maxLength: 4 },
      )
      .map((parts) => parts.join("")),
  }));

  it("of any nesting reads as ICU reads it", () => {
    fc.assert(
      fc.property(message, fc.constantFrom(0, 1, 2, 1000, 2.25), word, (text, n, chosen) => {
        expect(formatMessage(text, { n, word: chosen }, "en")).toBe(asIcu(text, { n, word: chosen }, "en"));
      }),
      { numRuns: 300 },
    );
  });

  it("is refused when a value is missing, or when it is none", () => {
    expect(() => formatMessage("{name} is there", {}, "en")).toThrow("needs a value for name");
    for (const text of ["{", "{}", "}", "{n", "{n, plural, one {x}}", "{n, date}", "{n, select, other x}"])
      expect(() => formatMessage(text, { n: 1 }, "en"), text).toThrow("No ICU message");
  });
});
