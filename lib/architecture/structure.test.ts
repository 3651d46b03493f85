import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { findSlowTests } from "@/lib/architecture/find-slow-tests";
import { blankComments } from "@/lib/architecture/read-imports";
import { isTest, readSources } from "@/lib/architecture/read-sources";
import type { ErrorCode } from "@/lib/contracts/problem";
import type { AppErrorCode } from "@/lib/diagnosis/app-error";
import { findProjectRoot } from "@/lib/store/project-root";

const root = findProjectRoot();
const everything = readSources(root, [
  "lib",
  "sandbox",
  "bench",
  "app",
  "components",
  "e2e",
  "scripts",
  "prisma",
]);
const code = everything.filter(({ path }) => /\.(tsx?|mjs)$/.test(path));
const MAX_LINES = 400;

/** Paths of the files in which a check finds something, with what it found. */
function where(
  files: typeof everything,
  find: (text: string, path: string) => string | null | undefined,
): string[] {
  return files.flatMap(({ path, text }) => {
    const found = find(text, path);
    return found === null || found === undefined ? [] : [`${path}: ${found}`];
  });
}

describe("files", () => {
  test("are kebab-case", () => {
    // Next's own folders: (group), [param], _private. A folder says what it is in its README.md.
    const segment =
      /^(?:[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z]+)*|\([a-z-]+\)|\[[a-zA-Z]+\]|zh-CN|README\.md|\d{4}_[a-z0-9_]+|migration_lock\.toml)$/;
    expect(where(everything, (_, path) => path.split("/").find((part) => !segment.test(part)))).toEqual([]);
  });

  test("say what they hold: no drawers for odds and ends", () => {
    const drawer = /^(utils?|helpers?|common|misc|manager|stuff|types|constants)$/;
    const words = (path: string) => path.replace(/\.\w+$/, "").split(/[/.-]/);
    expect(where(everything, (_, path) => words(path).find((word) => drawer.test(word)))).toEqual([]);
  });

  test(`have at most ${MAX_LINES} lines, texts aside`, () => {
    const judged = code.filter(({ path }) => !path.startsWith("lib/i18n/"));
    const tooLong = (text: string) => {
      const lines = text.split("\n").length - 1;
      return lines > MAX_LINES ? `${lines} lines` : null;
    };
    expect(where(judged, tooLong)).toEqual([]);
  });

  test("are no barrels", () => {
    const isBarrel = (text: string) => {
      const rest = blankComments(text).replace(
        /^export\s+(?:type\s+)?(?:\*|\{[^}]*\})[^;\n]*from[^;\n]*;?$/gm,
        "",
      );
      return text.includes("export") && rest.trim() === "" ? "only re-exports" : null;
    };
    expect(where(code, isBarrel)).toEqual([]);
  });

  test("leave no TODO, and suppress no rule of linter or compiler", () => {
    const left = /\b(TODO|FIXME)\b|@ts-(?:ignore|expect-error|nocheck)|biome-ignore/;
    const judged = code.filter(({ path }) => path !== "lib/architecture/structure.test.ts");
    expect(where(judged, (text) => left.exec(text)?.[0])).toEqual([]);
  });
});

test("what comes from outside is parsed, not cast: the compiler is never told to look away", () => {
  const judged = code.filter(({ path }) => /^(lib|components|app)\//.test(path) && !isTest(path));
  const cast = /\bas (?:unknown as|any|never)\b|<any>/;
  expect(where(judged, (text) => cast.exec(withoutTexts(blankComments(text)))?.[0])).toEqual([]);
});

/** Words inside texts and regular expressions are no code. */
function withoutTexts(text: string): string {
  return text.replace(/"(?:[^"\\\n]|\\.)*"|\/(?![/*])(?:[^/\\\n]|\\.)+\//g, '""');
}

describe("pure rooms", () => {
  const pure = code.filter(
    ({ path }) => /^lib\/(backup|chain|migration|diagnosis)\//.test(path) && !isTest(path),
  );

  test("take time, chance and the world as arguments", () => {
    const impure =
      /\b(?:Date\.now|Math\.random|performance\.now|setTimeout|setInterval|fetch|localStorage)\b|new Date\(\)|\b(?:process|console|Buffer|globalThis)\./;
    expect(where(pure, (text) => impure.exec(blankComments(text))?.[0])).toEqual([]);
  });
});

test("runners of steps write under their claim only, and files only by moveFile", () => {
  const judged = code.filter(({ path }) => path.startsWith("lib/steps/") && !isTest(path));
  const bare =
    /\bdb\s*\.\s*(?:\$(?:transaction|execute\w*)|\w+\s*\.\s*(?:create|update|upsert|delete)\w*)|\bunfenced\s*\.|\bbackupFile\s*\.\s*update\w*/;
  expect(where(judged, (text) => bare.exec(blankComments(text))?.[0])).toEqual([]);
});

test("no server actions: changes go through routes", () => {
  const judged = code.filter(({ path }) => /^(app|components|lib\/(client|server|services))\//.test(path));
  expect(where(judged, (text) => /^\s*["']use server["']/m.exec(text)?.[0])).toEqual([]);
});

test("only start-up reads the environment", () => {
  const judged = code.filter(
    ({ path }) => /^(lib|app|components)\//.test(path) && !/^lib\/(start|cli)\//.test(path) && !isTest(path),
  );
  const reads = (text: string) => /process\.env/.exec(blankComments(text))?.[0];
  expect(
    where(
      judged.filter(({ path }) => !path.startsWith("lib/architecture/")),
      reads,
    ),
  ).toEqual([]);
});

describe("T-SQL", () => {
  test("stands in .sql files only, in scripts for people to copy, in messages that quote it, and in the sandbox that answers it", () => {
    const judged = code.filter(
      ({ path }) =>
        !/^sandbox\/|^lib\/(store|i18n|architecture)\/|^lib\/diagnosis\/messages\/|^lib\/diagnosis\/build-[a-z-]+-script\.ts$/.test(
          path,
        ) &&
        !isTest(path) &&
        !path.startsWith("e2e/"),
    );
    const statement =
      /["'`]\s*(?:SELECT\s[^"'`]*\sFROM\s|(?:BACKUP|RESTORE)\s+(?:DATABASE|LOG|HEADERONLY|FILELISTONLY|VERIFYONLY)\b|ALTER\s+DATABASE\b|DBCC\s+\w+\s*\(|EXEC(?:UTE)?\s+\w|INSERT\s+INTO\s|UPDATE\s+\S+\s+SET\s|DELETE\s+FROM\s|USE\s+\[)/;
    expect(where(judged, (text) => statement.exec(blankComments(text))?.[0].trim())).toEqual([]);
  });

  test("files say purpose, permission, versions and source", () => {
    const files = everything.filter(({ path }) => path.startsWith("lib/sqlserver/sql/"));
    expect(files.length).toBeGreaterThan(0);
    const missing = (text: string) => {
      const header = /^\/\*([\s\S]*?)\*\//.exec(text)?.[1] ?? "";
      const lacks = ["Purpose:", "Permission:", "Versions:", "Source:"].filter(
        (word) => !header.includes(word),
      );
      return lacks.length === 0 ? null : `lacks ${lacks.join(", ")}`;
    };
    expect(where(files, missing)).toEqual([]);
  });
});

test("what `npm test` does a share of, `npm run test:long` does in full", () => {
  const isInLong = (path: string) =>
    /\.(?:property|reference|kill|quick|long)(?:\.slow)?\.test\.ts$|(?:demo-(?:source-versions|real-files)|hostile-names)\.slow/.test(
      path,
    );
  // What the fixture asks is asked for files called quick, each of which is in it by its name.
  const missed = (text: string, path: string) =>
    isTest(path) &&
    path !== "lib/context/open-test-ctx.ts" &&
    /inject\("long"\)/.test(text) &&
    !isInLong(path)
      ? "not in vitest.long.config.ts"
      : null;
  expect(where(code, missed)).toEqual([]);
});

describe("what opens a database, a server or a process", () => {
  test("is called *.slow.test.ts, so that `npm run verify` does without it", () => {
    expect(findSlowTests(everything)).toEqual([]);
  });

  const pglite = { path: "lib/store/open.ts", text: `import { PGlite } from "@electric-sql/pglite";` };
  const withImport = (path: string, specifier: string) => ({
    path,
    text: `import { x } from "${specifier}";`,
  });

  test.each([
    [
      "lib/store/x.test.ts",
      "@/lib/store/open",
      "lib/store/x.test.ts -> lib/store/open.ts -> @electric-sql/pglite",
    ],
    ["lib/x.quick.test.ts", "@alicloud/rds20140815", "lib/x.quick.test.ts -> @alicloud/rds20140815"],
    ["sandbox/x.test.ts", "./rds/start-rds", "sandbox/x.test.ts -> ./rds/start-rds"],
  ])("is found: %s imports %s", (path, specifier, way) => {
    expect(findSlowTests([withImport(path, specifier), pglite])).toEqual([way]);
  });

  test.each([
    ["lib/store/x.slow.test.ts", "@/lib/store/open"],
    ["lib/store/x.test.ts", "@/lib/store/other"],
  ])("is not: %s imports %s", (path, specifier) => {
    expect(findSlowTests([withImport(path, specifier), pglite])).toEqual([]);
  });
});

test("what is played in memory is called quick, so that `npm run test:long` plays it on the embedded store", () => {
  const onMemory = /\bopenQuickCtx\(|(?:step|custody|once)-world-fixture"/;
  const onEmbedded = /\bopenTestCtx\b/;
  const misnamed = (text: string, path: string) =>
    /(?<!\.(?:quick|slow))\.test\.ts$/.test(path) && onMemory.test(text) && !onEmbedded.test(text)
      ? "is not called *.quick.test.ts"
      : null;
  expect(where(code, misnamed)).toEqual([]);
});

test("the codes of problem+json are those of AppError", () => {
  const both: [ErrorCode extends AppErrorCode ? true : never, AppErrorCode extends ErrorCode ? true : never] =
    [true, true];
  expect(both).toEqual([true, true]);
});

describe("documents", () => {
  const documents = readSources(root, ["docs"]).concat(
    readSources(root, [""]).filter(({ path }) => path === "README.md" || path === "DEVELOPERS.md"),
  );
  const rooted = /(?:lib|app|components|prisma|scripts|e2e|docs|public|\.ci)\/[\w./()[\]-]*[\w)\]]/g;

  test("name only paths that exist", () => {
    const gone = (text: string) => {
      const quoted = [...text.matchAll(/`([^`\n]+)`|\]\(([^)\s]+)\)/g)].map(
        (match) => match[1] ?? match[2] ?? "",
      );
      const paths = quoted.flatMap((part) =>
        /^(?:\.\/)?(?:lib|app|components|prisma|scripts|e2e|docs|public|\.ci)\//.test(part)
          ? (part.match(rooted) ?? [])
          : [],
      );
      return paths.find((path) => !existsSync(`${root}/${path}`));
    };
    expect(where(documents, gone)).toEqual([]);
  });

  test("of decisions have numbers of their own", () => {
    const numbers = documents.flatMap(({ path }) => /^docs\/adr\/(\d{4})-/.exec(path)?.[1] ?? []);
    expect(numbers.filter((number, index) => numbers.indexOf(number) !== index)).toEqual([]);
    expect(numbers.length).toBeGreaterThan(20);
  });

  test("that the source points to exist", () => {
    const gone = (text: string) =>
      (text.match(/docs\/adr\/\d{4}-[\w-]+\.md/g) ?? []).find((path) => !existsSync(`${root}/${path}`));
    expect(where(everything, gone)).toEqual([]);
  });
});
