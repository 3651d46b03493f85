import { describe, expect, test } from "vitest";
import { blankComments, readImports } from "@/lib/architecture/read-imports";
import { isTest, readSources } from "@/lib/architecture/read-sources";
import { findFile, resolveImport } from "@/lib/architecture/resolve-import";
import { findProjectRoot } from "@/lib/store/project-root";
import { en } from "./en/index";
import { flattenMessages, inScope } from "./translator";

const files = new Map(
  readSources(findProjectRoot(), ["app", "components", "lib"])
    .filter(({ path }) => /\.tsx?$/.test(path) && !isTest(path))
    .map(({ path, text }) => [path, blankComments(text)]),
);
const keys = [...flattenMessages(en).keys()];
const known = new Set(keys);
/** Name texts without showing them. */
const LISTS = /^lib\/i18n\/|^app\/screen-texts\.tsx$/;
const nounOf = (key: string) => key.slice(0, key.indexOf("."));

/** Nouns of the keys that a source writes out, and of the beginnings of keys that it puts together or has a `*` in. */
function nounsIn(text: string): Set<string> {
  const whole = [...text.matchAll(/["'`]([a-z]+\.[\w.-]+)["'`]/g)].map(([, key = ""]) => key);
  const begun = [...text.matchAll(/`([a-z]+\.[\w.-]*)\$\{|"([a-z]+\.[\w.-]*)\*/g)].map(
    ([, key, pattern]) => key ?? pattern ?? "",
  );
  return new Set([
    ...whole.filter((key) => known.has(key)).map(nounOf),
    ...begun.filter((start) => keys.some((key) => key.startsWith(start))).map(nounOf),
  ]);
}

const listed = (list = "") => [...list.matchAll(/"([^"]+)"/g)].map(([, scope = ""]) => scope);

/** Texts that a component asks for by itself. */
const ownScopes = (text: string) =>
  [...text.matchAll(/\bwithTexts\(\s*\[([^\]]*)\]/g)].flatMap(([, list]) => listed(list));

/** The pieces that a file shows late: what they load, and with which texts. */
function latePieces(file: string, text: string) {
  const pieces = text.matchAll(
    /\blatePiece(?:<[^(]*>)?\(\{\s*texts: \[([^\]]*)\],[\s\S]*?\bimport\("([^"]+)"\)/g,
  );
  return [...pieces].map(([, list, specifier = ""]) => ({ file, scopes: listed(list), specifier }));
}

/** Nouns of everything that a file brings along by imports that run with it, late pieces apart. */
function nounsReached(start: string): Set<string> {
  const reached = new Set([start]);
  const nouns = new Set<string>();
  for (const file of reached) {
    const text = files.get(file) ?? "";
    const own = ownScopes(text);
    for (const noun of nounsIn(text)) if (!own.includes(noun)) nouns.add(noun);
    const late = new Set([...text.matchAll(/\bimport\(\s*"([^"]+)"/g)].map(([, specifier]) => specifier));
    for (const { specifier, typeOnly } of readImports(text)) {
      if (typeOnly || late.has(specifier)) continue;
      const target = find(file, specifier);
      if (target !== null && !LISTS.test(target)) reached.add(target);
    }
  }
  return nouns;
}

function find(file: string, specifier: string): string | null {
  const target = resolveImport(file, specifier);
  return target === null ? null : findFile(files, target);
}

const ofAll = listed(/TEXTS_OF_ALL[^=]*=\s*\[([^\]]*)\]/.exec(files.get("app/screen-texts.tsx") ?? "")?.[1]);
const inEveryPage = (noun: string) => ofAll.includes(noun);
const needed = (file: string) => [...nounsReached(file)].filter((noun) => !inEveryPage(noun)).sort();

const pages = [...files].filter(
  ([path, text]) => path.startsWith("app/") && /\/page\.tsx$/.test(path) && !text.includes("redirect("),
);
const late = [...files].flatMap(([file, text]) => latePieces(file, text));

describe("the texts that a browser loads", () => {
  test.each(pages)("%s sends the nouns that its components use, and no other", (path, text) => {
    const sent = listed(/<ScreenTexts\s+of=\{\[([^\]]*)\]\}/.exec(text)?.[1]);
    expect(`${path} sends ${JSON.stringify(sent.toSorted())}`).toBe(
      `${path} sends ${JSON.stringify(needed(path))}`,
    );
  });

  test("late pieces ask for the nouns that their components use, and no other", () => {
    const wrong = late.flatMap(({ file, scopes, specifier }) => {
      const target = find(file, specifier);
      const wanted = target === null ? ["a file that exists"] : needed(target);
      return JSON.stringify(scopes.toSorted()) === JSON.stringify(wanted)
        ? []
        : [`${file}: ${specifier} needs ${JSON.stringify(wanted)}`];
    });
    expect(wrong).toEqual([]);
  });

  test("every import() in components is a late piece whose texts are known here", () => {
    const calls = [...files].flatMap(([path, text]) =>
      path.startsWith("components/") ? [...text.matchAll(/\bimport\(/g)].map(() => path) : [],
    );
    expect(late.map(({ file }) => file).toSorted()).toEqual(calls.toSorted());
  });

  test("what stands around and instead of pages says what every page may say", () => {
    for (const path of [
      "app/layout.tsx",
      "app/(console)/layout.tsx",
      "app/(console)/error.tsx",
      "app/not-found.tsx",
    ])
      expect([path, ...needed(path)]).toEqual([path]);
  });

  test("scopes exist", () => {
    const scopes = [
      ...ofAll,
      ...late.flatMap((piece) => piece.scopes),
      ...[...files.values()].flatMap(ownScopes),
    ];
    expect(scopes.filter((scope) => !keys.some((key) => inScope(key, scope)))).toEqual([]);
  });

  test("are not among the code: no component reaches the texts of all languages", () => {
    const reaching = [...files.keys()].filter((path) => /^(components|lib\/client)\//.test(path));
    const direct = reaching.filter((path) =>
      readImports(files.get(path) ?? "").some(
        ({ specifier, typeOnly }) =>
          !typeOnly && /^lib\/i18n\/(?:translator|en|zh-CN)\b/.test(resolveImport(path, specifier) ?? ""),
      ),
    );
    expect(direct).toEqual([]);
  });
});
