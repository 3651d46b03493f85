// npm run verify: generated code first, then the unit tests beside everything that reads the sources. Each check's output
// is printed whole when it ends; all of them run, and any that fails fails this.
import { spawn, spawnSync } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

// Two lanes, because two cores are what CI has: tests wait for their servers often enough to leave time for the other lane.
const LANES = [
  [["unit tests", "vitest/vitest.mjs", "run"]],
  [
    ["format and lint", "@biomejs/biome/bin/biome", "ci", "."],
    ["dead code", "knip/bin/knip.js"],
    // Each of the compiler's checkers works out anew what it shares with others: several are quicker on idle cores only.
    ["types", "typescript/bin/tsc", "--noEmit", "--checkers", "1"],
  ],
];

/** Runs one of the installed programs; false when it failed. */
function check([name, program, ...args]) {
  return new Promise((resolve) => {
    const began = performance.now();
    const child = spawn(process.execPath, [path.join(root, "node_modules", program), ...args], {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
      env: process.stdout.isTTY ? { FORCE_COLOR: "1", ...process.env } : process.env,
    });
    const output = [];
    child.stdout.on("data", (bytes) => output.push(bytes));
    child.stderr.on("data", (bytes) => output.push(bytes));
    const end = (passed) => {
      const seconds = ((performance.now() - began) / 1000).toFixed(1);
      process.stdout.write(Buffer.concat(output));
      console.log(`${passed ? "✓" : "✗"} ${name} (${seconds} s)`);
      resolve(passed);
    };
    child.on("error", (error) => {
      output.push(Buffer.from(`${error.message}\n`));
      end(false);
    });
    child.on("close", (status) => end(status === 0));
  });
}

async function runLane(checks) {
  const passed = [];
  for (const each of checks) passed.push(await check(each));
  return passed.every(Boolean);
}

const generated = spawnSync(process.execPath, [path.join(root, "scripts/generate.mjs")], {
  stdio: "inherit",
});
if (generated.status !== 0) process.exit(generated.status ?? 1);

const lanes = await Promise.all(LANES.map(runLane));
process.exitCode = lanes.every(Boolean) ? 0 : 1;
