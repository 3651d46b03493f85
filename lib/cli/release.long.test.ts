import { execFileSync, type SpawnSyncReturns, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findPostgresPrograms, startPostgres } from "@/lib/store/local-postgres";
import { findProjectRoot } from "@/lib/store/project-root";

const PLATFORMS = ["linux-x64", "linux-arm64", "win-x64"];
const HERE = `linux-${process.arch}`;
const LARGEST_MB = 150;
const LONGEST_START_MS = 60_000;
const PORT = 4_710;
/** Whoever may do nothing: a service would have an account like it. */
const NOBODY = 65_534;

const root = findProjectRoot();
const isRoot = process.getuid?.() === 0;
/** A network of its own, with loopback alone. */
const cutsOff =
  spawnSync("unshare", ["--net", "--map-root-user", "ip", "link", "set", "lo", "up"]).status === 0;
let folder: string;
let release: string;
const at = (...names: string[]) => path.join(folder, ...names);

/** Nothing of this machine's but a shell: no node, no npm, and no way to them. */
const bare = (): NodeJS.ProcessEnv => ({
  NODE_ENV: "production",
  PATH: at("bin"),
  HOME: at("home"),
  TMPDIR: at("tmp"),
});

function chainferry(
  args: readonly string[],
  settings: Record<string, string> = {},
): SpawnSyncReturns<string> {
  const who = isRoot ? { uid: NOBODY, gid: NOBODY } : {};
  return spawnSync(path.join(release, "chainferry"), args, {
    cwd: at("elsewhere"),
    env: { ...bare(), ...settings },
    encoding: "utf8",
    ...who,
  });
}

function make(from: string, into: string, epoch: string): void {
  execFileSync(process.execPath, ["scripts/release/make-release.mjs", ...PLATFORMS, "--out", into], {
    cwd: from,
    env: { ...process.env, SOURCE_DATE_EPOCH: epoch },
    stdio: ["ignore", "ignore", "inherit"],
  });
}

/** What a builder of the image is sent: no `.git`, nothing that was built; and its packages, as `npm ci` puts them. */
function sendTo(context: string): void {
  mkdirSync(context, { recursive: true });
  for (const line of readFileSync(path.join(root, ".dockerignore"), "utf8").split("\n")) {
    if (!line.startsWith("!")) continue;
    cpSync(path.join(root, line.slice(1)), path.join(context, line.slice(1)), { recursive: true });
  }
  const packages = path.join(context, "node_modules");
  const linked = spawnSync("cp", ["-al", path.join(root, "node_modules"), packages]);
  if (linked.status !== 0) execFileSync("cp", ["-a", path.join(root, "node_modules"), packages]);
  rmSync(path.join(packages, ".cache"), { recursive: true, force: true });
}

function whereIs(program: string): string {
  return execFileSync("which", [program], { encoding: "utf8" }).trim();
}

function sha256(file: string): string {
  return createHash("sha256").update(readFileSync(file)).digest("hex");
}

function archiveOf(platform: string, made = "first"): string {
  const found = readdirSync(at(made)).find((file) =>
    new RegExp(`-${platform}\\.(?:tar\\.gz|zip)$`).test(file),
  );
  if (found === undefined) throw new Error(`no archive for ${platform} was made`);
  return at(made, found);
}

/** Every file and folder with what would change if it were written to. */
function stampsOf(place: string): string[] {
  return readdirSync(place, { recursive: true, encoding: "utf8" })
    .map((file) => {
      const { size, mtimeMs, mode } = lstatSync(path.join(place, file));
      return `${file} ${size} ${mtimeMs} ${mode}`;
    })
    .sort();
}

// Archives of other platforms differ in Node and the script that starts it; only this machine's can be started here.
describe.skipIf(process.platform !== "linux")("a release", () => {
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), "chainferry-release-"));
    chmodSync(folder, 0o755);
    for (const name of ["unpacked", "bin", "home", "elsewhere", "tmp"]) mkdirSync(at(name));
    for (const tool of ["sh", "dirname", "readlink"]) symlinkSync(whereIs(tool), at("bin", tool));
    const epoch = execFileSync("git", ["log", "-1", "--format=%ct"], { cwd: root, encoding: "utf8" }).trim();
    make(root, at("first"), epoch);
    sendTo(at("context", "of-the-image"));
    make(at("context", "of-the-image"), at("second"), epoch);
    release = at("unpacked", "Chain ferry é");
    mkdirSync(release);
    execFileSync("tar", ["-xzf", archiveOf(HERE), "-C", release, "--strip-components=1"]);
    execFileSync("chmod", ["-R", "a-w", release]);
    if (isRoot) for (const name of ["home", "elsewhere", "tmp"]) chownSync(at(name), NOBODY, NOBODY);
  }, 1_800_000);
  afterAll(() => {
    execFileSync("chmod", ["-R", "u+w", folder]);
    rmSync(folder, { recursive: true, force: true });
  });

  test.each(PLATFORMS)(
    "for %s is small, and the same when made elsewhere of what the image's builder is sent",
    (platform) => {
      expect(statSync(archiveOf(platform)).size / 1e6).toBeLessThan(LARGEST_MB);
      expect(sha256(archiveOf(platform, "second"))).toBe(sha256(archiveOf(platform)));
    },
  );

  test("has sums that say what lies there, the bill of materials among it", () => {
    const lines = readFileSync(at("first", "SHA256SUMS"), "utf8").trim().split("\n");
    expect(lines).toHaveLength(PLATFORMS.length + 1);
    for (const line of lines) {
      const [sum, file = ""] = line.split("  ");
      expect(sha256(at("first", file)), file).toBe(sum);
    }
    expect(readFileSync(at("second", "SHA256SUMS"), "utf8").trim().split("\n")).toEqual(lines);
  });

  test("has no source, no test, no tool of developers and no trace of where it was built", () => {
    const names = readdirSync(path.join(release, "app"), { recursive: true, encoding: "utf8" });
    const foreign =
      /\.tsx?$|\.test\.|^node_modules\/(?:typescript|vitest|@biomejs|playwright|esbuild|@next\/swc)[^/]*\/(?!package\.json$)|\.bak$|\.env$/;
    expect(names.filter((name) => foreign.test(name))).toEqual([]);
    expect(names.filter((name) => name.startsWith("lib/sqlserver/sql/")).length).toBeGreaterThan(10);
    expect(names.filter((name) => /^node_modules\/\.cache\/chainferry\/[^/]+$/.test(name))).toHaveLength(1);
    const { stdout } = spawnSync("grep", ["-rlF", root, path.join(release, "app")], { encoding: "utf8" });
    expect(stdout).toBe("");
  });

  test("reads files as the user names them, from any folder and through a link", () => {
    writeFileSync(at("elsewhere", "a.bak"), "no backup");
    symlinkSync(path.join(release, "chainferry"), at("bin", "chainferry"));
    const { stdout, status } = spawnSync(at("bin", "chainferry"), ["header", "a.bak", "--json"], {
      cwd: at("elsewhere"),
      env: bare(),
      encoding: "utf8",
    });
    expect(stdout).toContain(at("elsewhere", "a.bak"));
    expect(stdout).not.toContain("not_found");
    expect(status).toBe(1);
  });

  test.each([
    ["--help", /Commands:/],
    ["config", /CHAINFERRY_DATA +\S+\/home\/\.local\/share\/chainferry/],
    ["service show", /ExecStart=.*Chain ferry/],
    ["doctor --sandbox", /as assumed/],
  ])("answers %s", (line, words) => {
    const { stdout, stderr, status } = chainferry(line.split(" "));
    expect(status, stderr).toBe(0);
    expect(stdout).toMatch(words);
  });

  test(`read-only, for somebody without rights${cutsOff ? " and without a network" : ""}, shows the dashboard and writes nothing but its data`, () => {
    const before = stampsOf(release);
    const look = at("tmp", "look.mjs");
    writeFileSync(look, LOOK);
    const as = isRoot ? [whereIs("setpriv"), `--reuid=${NOBODY}`, `--regid=${NOBODY}`, "--clear-groups"] : [];
    const alone = [whereIs("unshare"), "--net", ...(isRoot ? [] : ["--map-root-user"])];
    const withLoopback = ["/bin/sh", "-c", `${whereIs("ip")} link set lo up && exec "$@"`, "sh"];
    const [program = "", ...args] = [
      ...(cutsOff ? [...alone, ...withLoopback] : []),
      ...[...as, path.join(release, "node"), look, path.join(release, "chainferry"), String(PORT)],
    ];
    const { stdout, stderr } = spawnSync(program, args, {
      cwd: at("elsewhere"),
      env: bare(),
      encoding: "utf8",
    });
    rmSync(look);
    const seen = JSON.parse(stdout.trim().split("\n").at(-1) || "{}");
    console.info(`the first page after ${seen.ms} ms`);
    expect(seen, stderr).toMatchObject({ title: "Sign in · Chainferry", style: 200, list: 401, exitCode: 0 });
    expect(seen.ms).toBeLessThan(LONGEST_START_MS);
    expect(stampsOf(release)).toEqual(before);
    // Outside of the release: the next one finds it.
    expect(readdirSync(at("home"))).toEqual([".local"]);
    expect(readdirSync(at("home/.local/share/chainferry")).sort()).toEqual(
      expect.arrayContaining(["secret.key", "store"]),
    );
    expect(readdirSync(at("tmp"))).toEqual([]);
    expect(existsSync(at("elsewhere", ".data"))).toBe(false);
  });

  test("brings a store of an earlier release up to date", () => {
    const old = path.join(root, "lib/start/upgrade-fixtures/0025.backup");
    const data = { CHAINFERRY_DATA: at("home", "old") };
    const restored = chainferry(["restore", old, "--json"], data);
    expect(restored.status, restored.stderr).toBe(0);
    const checked = chainferry(["check-store", "--json"], data);
    expect(checked.status, checked.stderr).toBe(0);
    expect(JSON.parse(checked.stdout)).toMatchObject({ sound: true, migrations: { missing: [] } });
  });

  const postgresPrograms = findPostgresPrograms();
  test.skipIf(postgresPrograms === null)("makes its tables in a new PostgreSQL", async () => {
    const postgres = await startPostgres(postgresPrograms ?? "");
    try {
      const DATABASE_URL = await postgres.createDatabase("chainferry");
      const { status, stderr } = chainferry(["update-store"], { DATABASE_URL });
      expect(status, stderr).toBe(0);
      expect(chainferry(["check-store"], { DATABASE_URL }).status).toBe(0);
    } finally {
      await postgres.stop();
    }
  });

  test("refuses to be packed where somebody else could not unpack or run it", () => {
    const bad = at("bad");
    mkdirSync(path.join(bad, "app", "Long".padEnd(200, "-")), { recursive: true });
    for (const name of ["a.js", "A.js", "nul.txt", "what?.js"])
      writeFileSync(path.join(bad, "app", name), "");
    symlinkSync("a.js", path.join(bad, "app", "link"));
    writeFileSync(path.join(bad, "chainferry.cmd"), "@echo off\n");
    cpSync(path.join(release, "node"), path.join(bad, "app", "native.node"));
    const rules = pathToFileURL(path.join(root, "scripts/release/check-archive.mjs")).href;
    const script = `import { findFaults } from ${JSON.stringify(rules)}; console.log(findFaults(${JSON.stringify(bad)}, "win-x64").join("\\n"))`;
    const said = execFileSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" });
    expect(said).toMatch(/has 2\d\d characters/);
    expect(said).toMatch(/are one name on Windows/);
    expect(said).toMatch(/nul\.txt is no name on Windows/);
    expect(said).toMatch(/what\?\.js is no name on Windows/);
    expect(said).toMatch(/app\/link is a link/);
    expect(said).toMatch(new RegExp(`native\\.node is a program for ${HERE}`));
    expect(said).toMatch(/CRLF/);
  });

  test("for Windows has the same product, with Node, the console's start and what makes a service of it", () => {
    const windows = execFileSync("unzip", ["-Z1", archiveOf("win-x64")], { encoding: "utf8" });
    const linux = execFileSync("tar", ["-tzf", archiveOf(HERE)], { encoding: "utf8" });
    const [ofWindows, ofLinux] = [windows, linux].map((names) =>
      names
        .trim()
        .split("\n")
        .map((name) => name.slice(name.indexOf("/") + 1).replace(/\/$/, ""))
        .sort(),
    );
    const isApp = (name: string) => name.startsWith("app/");
    expect(ofWindows?.filter(isApp)).toEqual(ofLinux?.filter(isApp));
    expect(ofWindows?.filter((name) => !isApp(name))).toEqual([
      ...["chainferry-service.exe", "chainferry-service.exe.config", "chainferry.cmd", "node.exe"],
    ]);
  });

  test("migrates a database of the sandbox to online", () => {
    const { stdout, stderr, status } = chainferry(["demo", "--json"]);
    expect(status, stderr).toBe(0);
    expect(JSON.parse(stdout.trim().split("\n").at(-1) ?? "")).toMatchObject({ status: "online" });
  });
});

/** Run by the release's own Node, where this process may see nothing of it: starts the dashboard, looks, and ends it. */
const LOOK = `
import { spawn } from "node:child_process";
import { once } from "node:events";
const [, , program, port] = process.argv;
const base = "http://127.0.0.1:" + port;
const began = Date.now();
const child = spawn(program, ["serve", "--port", port], { stdio: ["ignore", "ignore", "inherit"] });
const ended = once(child, "exit");
let page = null;
while (page === null && Date.now() - began < ${LONGEST_START_MS} && child.exitCode === null) {
  page = await fetch(base).then((answer) => (answer.ok ? answer.text() : null), () => null);
  if (page === null) await new Promise((settle) => setTimeout(settle, 100));
}
const ms = Date.now() - began;
const title = /<title>([^<]*)/.exec(page ?? "")?.[1];
const style = /href="(\\/_next\\/static\\/[^"]+\\.css[^"]*)"/.exec(page ?? "")?.[1];
const status = (path) => fetch(base + path).then((answer) => answer.status, () => null);
const seen = { ms, title, style: await status(style), list: await status("/api/migrations") };
child.kill("SIGTERM");
const [exitCode] = await ended;
console.log(JSON.stringify({ ...seen, exitCode }));
`;
