import { readdirSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { z } from "zod";
import { findProjectRoot } from "@/lib/store/project-root";

const root = findProjectRoot();

/** Where browsers find schemas: every contract, and what pages read of their own address. */
const MODULES = [
  ...readdirSync(join(root, "lib/contracts"))
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
    .map((name) => `lib/contracts/${name.slice(0, -3)}`),
  "lib/migration/vocabulary/schedule",
  // The page reads what an event holds.
  "lib/migration/vocabulary/events",
];

interface Parsed {
  success: boolean;
  data?: unknown;
  error?: { issues: readonly { code: string; path: readonly PropertyKey[] }[] };
}
interface Parses {
  safeParse(value: unknown): Parsed;
}

const parses = (value: unknown): value is Parses =>
  typeof value === "object" && value !== null && "safeParse" in value;

/** The schemas among what the modules export, and in their tables, by module and name. */
function schemasOf(modules: readonly Record<string, unknown>[]): Map<string, Parses> {
  return new Map(modules.flatMap((module, at) => schemasIn(module, MODULES[at] ?? "", " ", 3)));
}

function schemasIn(table: object, name: string, separator: string, depth: number): [string, Parses][] {
  return Object.entries(table).flatMap(([key, value]: [string, unknown]): [string, Parses][] => {
    const named = `${name}${separator}${key}`;
    if (parses(value)) return [[named, value]];
    const isTable = typeof value === "object" && value !== null && !Array.isArray(value);
    return isTable && depth > 1 ? schemasIn(value, named, ".", depth - 1) : [];
  });
}

/** The modules as browsers get them: bundled, with what stands in zod's place. */
async function loadForBrowsers(): Promise<Record<string, unknown>[]> {
  const lines = MODULES.map((path, at) => `export * as m${at} from "./${path}";`);
  const { outputFiles } = await build({
    absWorkingDir: root,
    stdin: { contents: lines.join("\n"), resolveDir: root },
    alias: { zod: join(root, "lib/client/schema/browser-zod.ts") },
    bundle: true,
    format: "esm",
    write: false,
    logLevel: "error",
  });
  // From its text: another `zod` among the worker's own modules would reach the test files after this one.
  const bundle: Record<string, Record<string, unknown>> = await import(
    `data:text/javascript;base64,${Buffer.from(outputFiles[0]?.contents ?? []).toString("base64")}`
  );
  return MODULES.map((_, at) => bundle[`m${at}`] ?? {});
}

const sources = MODULES.map((path): Promise<Record<string, unknown>> => import(join(root, `${path}.ts`)));
const onServer = schemasOf(await Promise.all(sources));
const inBrowser = schemasOf(await loadForBrowsers());

const TIMES = fc
  .date({ min: new Date("1990-01-01"), max: new Date("2090-01-01"), noInvalidDate: true })
  .map((date) => date.toISOString());
const JUNK = fc.oneof(
  fc.constantFrom(null, undefined, true, "", " ", "x", 0, -1, 1.5, 1e9, "2024-02-30T10:00:00Z", "2024-02-29"),
  fc.constantFrom("http://a.b/", "ftp://a", "not a url", "a\\b", "2024-01-01T10:00Z", "2024-01-01T25:00:00Z"),
  fc.constantFrom<unknown>([], {}, [1], { a: 1 }, Number.NaN),
  TIMES,
);

/** Values that a schema takes, by zod's own description of it. */
function valuesOf(schema: z.core.$ZodType): fc.Arbitrary<unknown> {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case "object": {
      const fields = Object.entries(def.shape).map(([key, field]) => [key, valuesOf(field)]);
      const known = fc.record(Object.fromEntries(fields));
      if (!def.catchall || def.catchall._zod.def.type === "never") return known;
      const others = fc.dictionary(fc.constantFrom("file", "more"), valuesOf(def.catchall));
      return fc.tuple(others, known).map(([more, value]) => ({ ...more, ...value }));
    }
    case "array":
      return fc.array(valuesOf(def.element), { maxLength: 3 });
    case "record":
      return fc.dictionary(keysOf(def.keyType), valuesOf(def.valueType));
    case "default":
      return valuesOf(def.innerType);
    case "union":
      return fc.oneof(...def.options.map(valuesOf));
    case "nullable":
      return fc.option(valuesOf(def.innerType), { nil: null });
    case "optional":
      return fc.option(valuesOf(def.innerType), { nil: undefined });
    case "enum":
      return fc.constantFrom(...Object.values(def.entries));
    case "literal":
      return fc.constantFrom(...def.values);
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "number":
      return fc.oneof(fc.integer({ min: 1, max: 100 }), fc.constantFrom(65_536, 0, 2 ** 40));
    case "string":
      return fc.oneof(
        TIMES,
        fc.constantFrom("cn-hangzhou", "https://x.y/z ", "sa", " D\\u ", "12", "12-34", "log", "true"),
      );
    default:
      return fc.constant("x");
  }
}

/** Keys of an enum are these and no other; a text may be any. */
function keysOf(schema: z.core.$ZodType): fc.Arbitrary<string> {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  return fc.constantFrom(
    ...(def.type === "enum" ? Object.values(def.entries).map(String) : ["a", "b", "code"]),
  );
}

/** The value with one part of it replaced, left out or added. */
function spoil(value: unknown, at: number, junk: unknown): unknown {
  if (typeof value !== "object" || value === null) return junk;
  const keys = Object.keys(value);
  const key = keys[at % (keys.length + 2)];
  if (key === undefined)
    return at % 2 === 0 ? junk : Array.isArray(value) ? [...value, junk] : { ...value, more: junk };
  const part: unknown = Reflect.get(value, key);
  const deeper = at % 3 === 0 ? spoil(part, Math.floor(at / 3), junk) : junk;
  if (Array.isArray(value)) return value.with(Number(key), deeper);
  if (deeper !== undefined) return { ...value, [key]: deeper };
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
}

/** What came of it: the data, or the first complaint about each part of the value, the one that forms show. */
function told({ success, data, error }: Parsed) {
  if (success) return { data };
  const complaints = (error?.issues ?? []).map(({ code, path }) => [path.join("."), code] as const);
  return { refused: new Map(complaints.toReversed()) };
}

describe("contracts as browsers read them", () => {
  test("are all there", () => {
    expect([...inBrowser.keys()].sort()).toEqual([...onServer.keys()].sort());
    expect(onServer.size).toBeGreaterThan(50);
  });

  test.each([...onServer])(
    "%s takes, refuses and gives what zod does, for the same reasons",
    (name, schema) => {
      const lighter = inBrowser.get(name);
      fc.assert(
        fc.property(valuesOf(schema as z.ZodType), fc.nat(5000), JUNK, (value, at, junk) => {
          for (const given of [value, spoil(value, at, junk)])
            expect(lighter && told(lighter.safeParse(given))).toEqual(told(schema.safeParse(given)));
        }),
        { numRuns: 30 },
      );
    },
  );
});
