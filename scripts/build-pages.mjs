import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { hashSources, root } from "./hash-sources.mjs";

const turn = path.join(root, "node_modules/.cache/chainferry", "building-pages");
const stamp = path.join(root, ".next", "built-from");
const SOURCES = [
  ...["app", "components", "lib", "public", "prisma/schema.prisma"],
  ...["scripts/generate.mjs", "scripts/generate-steps.mjs", "scripts/build-pages.mjs"],
  ...["next.config.js", "postcss.config.mjs", "tsconfig.json", "package.json", "package-lock.json"],
];
/** What no page reads, and what is generated from the rest. */
const SKIPPED = /\.test\.tsx?$|^lib\/(?:architecture|cli|demo|engine|start|[^/]+\/generated)\//;

/** Runs `next build` when a source changed since the last one. The hash of what was built is kept in .next/. */
export function buildPagesIfNeeded() {
  const sources = hashSources(SOURCES, SKIPPED);
  if (isBuiltFrom(sources)) return;
  const leave = enterAlone();
  try {
    // By the one that was waited for.
    if (!isBuiltFrom(sources)) buildPages(sources);
  } finally {
    leave();
  }
}

function isBuiltFrom(sources) {
  return (
    existsSync(path.join(root, ".next", "BUILD_ID")) &&
    existsSync(stamp) &&
    readFileSync(stamp, "utf8") === sources
  );
}

/** Two builds at once would empty each other's folder: waits for the other; one that was killed has left its number. */
function enterAlone() {
  mkdirSync(path.dirname(turn), { recursive: true });
  for (;;) {
    try {
      writeFileSync(turn, String(process.pid), { flag: "wx" });
      return () => rmSync(turn, { force: true });
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    if (isAtWork()) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
    else rmSync(turn, { force: true });
  }
}

function isAtWork() {
  try {
    process.kill(Number(readFileSync(turn, "utf8")), 0);
    return true;
  } catch (error) {
    // Written in a moment, gone in this one, or somebody else's.
    return error.code === "EPERM";
  }
}

function buildPages(sources) {
  if (run("scripts/generate.mjs", [], { stdio: ["ignore", 2, 2] }).status !== 0) process.exit(1);
  // A build that is interrupted must not pass for the one before it.
  rmSync(stamp, { force: true });
  console.error("Building the dashboard. This happens once for each version and takes about half a minute.");
  const build = run("node_modules/next/dist/bin/next", ["build"], {
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    env: {
      ...process.env,
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
      // The same sources are the same build, wherever and whenever it is made.
      CHAINFERRY_BUILD: sources.slice(0, 21),
    },
  });
  if (build.status !== 0) {
    console.error(build.stdout, build.stderr);
    process.exit(build.status ?? 1);
  }
  writeFileSync(stamp, sources);
}

function run(script, args, options) {
  return spawnSync(process.execPath, [path.join(root, script), ...args], { cwd: root, ...options });
}
