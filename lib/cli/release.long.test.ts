import { execFileSync, spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findProjectRoot } from "@/lib/store/project-root";

const LARGEST_MB = 150;
const LONGEST_START_MS = 60_000;
const PORT = 4_710;

const root = findProjectRoot();
let folder: string;
let release: string;
/** Nothing of this machine's but a shell: no node, no npm, and no way to them. */
const bare = (): NodeJS.ProcessEnv => ({
  NODE_ENV: "production",
  PATH: path.join(folder, "bin"),
  HOME: path.join(folder, "home"),
});

function make(into: string): string {
  execFileSync(process.execPath, ["scripts/release/make-release.mjs", "--out", into], { cwd: root });
  const [archive] = readdirSync(into).filter((file) => file.endsWith(".tar.gz"));
  if (archive === undefined) throw new Error("no archive was made");
  return path.join(into, archive);
}

function sha256(file: string): string {
  return createHash("sha256").update(readFileSync(file)).digest("hex");
}

// Archives of other platforms differ in Node and the script that starts it; only this machine's can be started here.
describe.skipIf(process.platform !== "linux")("a release", () => {
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), "chainferry-release-"));
    for (const name of ["first", "second", "unpacked", "bin", "home", "elsewhere"])
      mkdirSync(path.join(folder, name));
    for (const tool of ["sh", "dirname", "readlink"]) {
      const at = execFileSync("which", [tool], { encoding: "utf8" }).trim();
      execFileSync("ln", ["-s", at, path.join(folder, "bin", tool)]);
    }
    const archive = make(path.join(folder, "first"));
    execFileSync("tar", ["-xzf", archive, "-C", path.join(folder, "unpacked"), "--strip-components=1"]);
    release = path.join(folder, "unpacked");
  }, 600_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("is small, the same when made twice, and what its sums say", () => {
    const first = path.join(folder, "first");
    const [archive = ""] = readdirSync(first).filter((file) => file.endsWith(".tar.gz"));
    expect(statSync(path.join(first, archive)).size / 1e6).toBeLessThan(LARGEST_MB);
    expect(sha256(make(path.join(folder, "second")))).toBe(sha256(path.join(first, archive)));
    for (const line of readFileSync(path.join(first, "SHA256SUMS"), "utf8").trim().split("\n")) {
      const [sum, file = ""] = line.split("  ");
      expect(sha256(path.join(first, file)), file).toBe(sum);
    }
  });

  test("has no source, no test and no tool of developers in it", () => {
    const names = readdirSync(path.join(release, "app"), { recursive: true, encoding: "utf8" });
    const foreign =
      /\.tsx?$|\.test\.|^node_modules\/(?:typescript|vitest|@biomejs|playwright|esbuild|@next\/swc)|\.bak$|\.env$/;
    expect(names.filter((name) => foreign.test(name))).toEqual([]);
    expect(names.filter((name) => name.startsWith("lib/sqlserver/sql/")).length).toBeGreaterThan(10);
  });

  test("reads files as the user names them, from any folder and through a link", () => {
    const elsewhere = path.join(folder, "elsewhere");
    writeFileSync(path.join(elsewhere, "a.bak"), "no backup");
    execFileSync("ln", ["-s", path.join(release, "chainferry"), path.join(folder, "bin", "chainferry")]);
    const { stdout, status } = spawnSync(
      path.join(folder, "bin", "chainferry"),
      ["header", "a.bak", "--json"],
      {
        cwd: elsewhere,
        env: bare(),
        encoding: "utf8",
      },
    );
    expect(stdout).toContain(path.join(elsewhere, "a.bak"));
    expect(stdout).not.toContain("not_found");
    expect(status).toBe(1);
  });

  test("shows the dashboard", async () => {
    const child = spawn(path.join(release, "chainferry"), ["serve", "--port", String(PORT)], {
      cwd: path.join(folder, "elsewhere"),
      env: bare(),
      stdio: ["ignore", "ignore", "pipe"],
    });
    try {
      let said = "";
      child.stderr.on("data", (bytes) => {
        said += String(bytes);
      });
      const until = Date.now() + LONGEST_START_MS;
      let page: string | null = null;
      while (page === null && Date.now() < until && child.exitCode === null) {
        page = await fetch(`http://127.0.0.1:${PORT}/`).then(
          (answer) => (answer.ok ? answer.text() : null),
          () => null,
        );
        if (page === null) await sleep(200);
      }
      expect(page, said).toContain("Chainferry");
      const style = /href="(\/_next\/static\/[^"]+\.css[^"]*)"/.exec(page ?? "")?.[1];
      expect((await fetch(`http://127.0.0.1:${PORT}${style}`)).status).toBe(200);
      const list = await fetch(`http://127.0.0.1:${PORT}/api/migrations`);
      expect([200, 401]).toContain(list.status);
    } finally {
      const ended = new Promise((settle) => child.once("exit", settle));
      child.kill("SIGTERM");
      await ended;
    }
    // Outside of the release: the next one finds it.
    expect(readdirSync(path.join(folder, "home/.local/share/chainferry"))).toContain("store");
  });

  test("migrates a database of the sandbox to online", () => {
    const { stdout, stderr, status } = spawnSync(path.join(release, "chainferry"), ["demo", "--json"], {
      cwd: path.join(folder, "elsewhere"),
      env: bare(),
      encoding: "utf8",
    });
    expect(status, stderr).toBe(0);
    expect(JSON.parse(stdout.trim().split("\n").at(-1) ?? "")).toMatchObject({ status: "online" });
  });
});
