import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { STOP_SECONDS } from "@/lib/cli/service-plan";
import { findProjectRoot } from "@/lib/store/project-root";

// Where no builder is, the recipe of the image is held by what it names.
const root = findProjectRoot();
const read = (file: string) => readFileSync(path.join(root, file), "utf8");

describe("the image", () => {
  const dockerfile = read("Dockerfile");
  const stages = dockerfile.split(/^FROM /m).slice(1);
  const allowed = read(".dockerignore")
    .split("\n")
    .filter((line) => line.startsWith("!"))
    .map((line) => line.slice(1));

  test("is sent only what is there, and everything that a build hashes", () => {
    for (const name of allowed) expect(existsSync(path.join(root, name)), name).toBe(true);
    const hashed = [...read("scripts/build-program.mjs").matchAll(/const SOURCES = \[([^;]*)\];/g)]
      .concat([...read("scripts/build-pages.mjs").matchAll(/const SOURCES = \[([^;]*)\];/g)])
      .flatMap(([, list]) => [...(list ?? "").matchAll(/"([^"]+)"/g)].map(([, name]) => name ?? ""));
    expect(hashed.length).toBeGreaterThan(10);
    const missing = hashed.filter((name) => !allowed.includes(name.split("/")[0] ?? ""));
    expect(missing).toEqual([]);
  });

  test("is built of what is sent or was built before, and without arguments", () => {
    const copied = [...dockerfile.matchAll(/^COPY (?!--from=build )(.+) \S+$/gm)].flatMap(([, names = ""]) =>
      names.split(" "),
    );
    expect(copied.filter((name) => name !== "." && !allowed.includes(name))).toEqual([]);
    const made = [...dockerfile.matchAll(/^COPY --from=build (\S+) /gm)].map(([, place = ""]) => place);
    expect(made).toEqual(["/opt/chainferry"]);
    expect(stages[0]).toContain("-C /opt/chainferry ");
    expect(dockerfile.match(/^ARG .+$/gm)?.filter((line) => !line.includes("="))).toEqual([]);
    // What is sent are sources, whatever lies beside them here.
    for (const name of ["node_modules", ".git", ".data", ".next", "dist", "e2e", "release"])
      expect(allowed).not.toContain(name);
  });

  test("holds the release of its own processor: no default stands before what the builder knows", () => {
    // https://docs.docker.com/reference/dockerfile/#automatic-platform-args-in-the-global-scope: a default in a stage counts first.
    expect(dockerfile).not.toMatch(/^ARG (?:TARGET|BUILD)\w+=/m);
    expect(stages[0]).toContain("make-release.mjs --out /out");
  });

  test("is given more time to end than steps under way need, by a first process that passes signals on", () => {
    const compose = read("compose.yaml");
    const seconds = Number(/^ {4}stop_grace_period: (\d+)s$/m.exec(compose)?.[1]);
    expect(seconds).toBeGreaterThanOrEqual(STOP_SECONDS);
    expect(compose).toMatch(/^ {4}init: true$/m);
    expect(stages[1]).toMatch(/^ENTRYPOINT \["/m);
    expect(read("scripts/release/chainferry.sh")).toMatch(/^exec "\$here\/node"/m);
  });

  test("is well by what answers this machine, also where a certificate of its own has the port", async () => {
    const [, words = "[]"] = /^HEALTHCHECK .*\\\n +CMD (\[.*\])$/m.exec(dockerfile) ?? [];
    const [, , script = ""] = z.array(z.string()).parse(JSON.parse(words));
    const asked = async (word: string | null) => {
      const seen: string[] = [];
      const exit = await new Promise((settle) => {
        const fetchOf = async (url: string) => {
          seen.push(url);
          return { ok: true };
        };
        const readFileSync = (file: string) => {
          if (word === null) throw new Error(`${file} is not there`);
          expect(file).toBe("/data/serving.json");
          return word;
        };
        const itself = { env: { CHAINFERRY_DATA: "/data" }, exit: settle };
        new Function("process", "fs", "fetch", script)(itself, { readFileSync }, fetchOf);
      });
      return { exit, seen };
    };
    expect(await asked(null)).toEqual({ exit: 0, seen: ["http://127.0.0.1:3000/healthz"] });
    const word = '{"url":"http://127.0.0.1:40001"}';
    expect(await asked(word)).toEqual({ exit: 0, seen: ["http://127.0.0.1:40001/healthz"] });
  });

  test("waits for a store that stays: not for the one that PostgreSQL's image starts to make its database", () => {
    expect(read("compose.yaml")).toContain("pg_isready -h 127.0.0.1 ");
  });

  test("writes to its volume and /tmp alone, which the compose file gives it beside a file system that is read-only", () => {
    const last = stages[1] ?? "";
    const [, place = "?"] = /^VOLUME (\S+)$/m.exec(last) ?? [];
    expect(last).toContain(`CHAINFERRY_DATA=${place} `);
    expect(last).toContain(`-o chainferry -g chainferry ${place}\n`);
    const compose = read("compose.yaml");
    expect(compose).toContain(`- data:${place}\n`);
    expect(compose).toContain("tmpfs: [/tmp]");
    const port = /^EXPOSE (\d+)$/m.exec(last)?.[1];
    expect(last).toContain(`"--port", "${port}"`);
    expect(last).toContain(`'http://127.0.0.1:${port}'`);
    expect(compose).toContain(`127.0.0.1:${port}:${port}`);
  });

  test("has Node, npm and sources in its first stage only, and an account without rights in its last", () => {
    expect(stages).toHaveLength(2);
    const last = stages[1] ?? "";
    expect(last).not.toMatch(/^node|npm |COPY \. /m);
    expect(last).toMatch(/^USER 10001$/m);
    expect(last.indexOf("USER ")).toBeLessThan(last.indexOf("ENTRYPOINT"));
    expect(last).toMatch(/^HEALTHCHECK /m);
  });

  test("is built with the Node that a release brings", () => {
    const { version } = JSON.parse(read("scripts/release/node-runtimes.json")) as { version: string };
    expect(stages[0]).toMatch(new RegExp(`^node:${version}-`));
  });

  test("beyond this machine nobody comes in without signing in, and the compose file asks for what has no default", () => {
    expect(dockerfile).toContain("CHAINFERRY_SIGN_IN=required");
    const compose = read("compose.yaml");
    for (const name of ["CHAINFERRY_PUBLIC_URL", "POSTGRES_PASSWORD"])
      expect(compose).toContain(`\${${name}:?`);
    expect(compose).toContain("read_only: true");
    expect(compose).not.toMatch(/PASSWORD: [^$\s]/);
  });
});

describe("the table of the README", () => {
  const rows = read("README.md")
    .split("\n")
    .filter((line) => line.startsWith("| "));

  test("names the archive of every platform, with the ending that it is packed with", () => {
    const { platforms } = z
      .object({ platforms: z.record(z.string(), z.unknown()) })
      .parse(JSON.parse(read("scripts/release/node-runtimes.json")));
    for (const platform of Object.keys(platforms)) {
      const ending = platform.startsWith("win") ? "zip" : "tar.gz";
      expect(
        rows.filter((row) => row.includes(`chainferry-…-${platform}.${ending}`)),
        platform,
      ).toHaveLength(1);
    }
  });

  test("starts containers with all that the compose file asks for", () => {
    const asked = [...read("compose.yaml").matchAll(/\$\{(\w+):\?/g)].map(([, name = ""]) => name);
    const row = rows.find((line) => line.includes("docker compose up")) ?? "";
    for (const name of new Set(asked)) expect(row).toContain(`${name}=`);
  });

  // Windows PowerShell runs nothing of the folder it is in by its name alone.
  test("starts what is unpacked in either console of Windows", () => {
    expect(rows.find((row) => row.includes("win-x64"))).toContain("`.\\chainferry.cmd serve`");
  });
});
