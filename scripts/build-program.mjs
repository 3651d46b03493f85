// Bundles what Node runs (the command line and the programs that tests and benchmarks start) from TypeScript to
// JavaScript: nothing is compiled at run time (docs/adr/0019-built-beforehand.md). Used by run.mjs; run by itself it
// builds if needed.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { hashSources, root } from "./hash-sources.mjs";

/** Name of a program: its source. */
const PROGRAMS = {
  chainferry: "lib/cli/main.ts",
  "make-migration": "lib/store/make-migration.ts",
  "make-store-template": "lib/store/make-store-template.ts",
  "write-until-killed": "lib/store/write-until-killed.ts",
  "upload-until-killed": "lib/oss/upload-until-killed.ts",
  "bench-upload-server": "bench/upload-server.ts",
  "bench-upload-client": "bench/upload-client.ts",
};
const SOURCES = [
  // Of the pages only what is printed, and what that uses.
  ...["lib", "sandbox", "bench", "components", "prisma/schema.prisma", "scripts"],
  ...["tsconfig.json", "package.json", "package-lock.json"],
];
/** What no program contains, and what is generated from the rest. */
const SKIPPED = /\.test\.tsx?$|\.css$|\.sql$|\.md$|^lib\/(?:architecture|client|[^/]+\/generated)\//;
const DIST = path.join(root, "dist");
/** Builds kept: processes that still run load parts of theirs when they need them. */
const KEPT = 3;

/**
 * The file of a program, built first when a source changed. Each build is a folder named after the hash of its sources
 * and appears whole, so several processes may build at once and a running one never sees another's parts.
 */
export function programFile(name) {
  if (!(name in PROGRAMS)) {
    throw new Error(`No program ${name}. There are: ${Object.keys(PROGRAMS).join(", ")}.`);
  }
  const folder = path.join(DIST, hashSources(SOURCES, SKIPPED).slice(0, 16));
  if (!existsSync(folder)) buildInto(folder);
  return path.join(folder, `${name}.js`);
}

/** In a process of its own: the bundler's memory is not kept by whoever runs the program. */
function buildInto(folder) {
  const run = (script, ...args) => {
    const { status } = spawnSync(process.execPath, [path.join(root, script), ...args], {
      cwd: root,
      // Not on stdout: commands that print JSON run this first.
      stdio: ["ignore", 2, 2],
    });
    if (status !== 0) process.exit(status ?? 1);
  };
  run("scripts/generate.mjs");
  run("scripts/build-program.mjs", folder);
}

async function bundle(folder) {
  const { build } = await import("esbuild");
  // Nobody else may put code there, whatever the umask.
  mkdirSync(DIST, { recursive: true, mode: 0o700 });
  const aside = `${folder}.${process.pid}`;
  try {
    await build({
      absWorkingDir: root,
      entryPoints: PROGRAMS,
      outdir: aside,
      bundle: true,
      splitting: true,
      format: "esm",
      platform: "node",
      target: "node20.19",
      packages: "external",
      sourcemap: "linked",
      sourcesContent: false,
      chunkNames: "[name]-[hash]",
      logLevel: "warning",
    });
    renameSync(aside, folder);
  } catch (error) {
    rmSync(aside, { recursive: true, force: true });
    // Another process was faster: its build is as good.
    if (!existsSync(folder)) throw error;
  }
  removeOldBuilds();
}

function removeOldBuilds() {
  const builds = readdirSync(DIST)
    .map((name) => path.join(DIST, name))
    .map((build) => ({ build, madeAt: statSync(build, { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .sort((left, right) => right.madeAt - left.madeAt);
  for (const { build } of builds.slice(KEPT)) rmSync(build, { recursive: true, force: true });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , folder] = process.argv;
  if (folder === undefined) programFile("chainferry");
  else await bundle(folder);
}
