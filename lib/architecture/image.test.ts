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
