import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
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
    // Every argument has a default, and the builder sets TARGETARCH itself.
    expect(dockerfile.match(/^ARG .+$/gm)?.filter((line) => !line.includes("="))).toEqual([]);
    // What is sent are sources, whatever lies beside them here.
    for (const name of ["node_modules", ".git", ".data", ".next", "dist", "e2e", "release"])
      expect(allowed).not.toContain(name);
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
    expect(last).toContain(`http://127.0.0.1:${port}/healthz`);
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
