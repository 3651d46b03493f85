// Runs the Playwright journeys in a real Chromium: the system's, or Playwright's, or one that it installs first.
// Arguments are passed on: node scripts/e2e.mjs e2e/migrate.spec.ts
// --long: with what takes its time, of journeys that can do with less.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const playwright = path.join(root, "node_modules/@playwright/test/cli.js");
const SYSTEM_CHROMIUMS = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

function findChromium() {
  const candidates = [process.env.CHROMIUM_PATH, ...SYSTEM_CHROMIUMS, chromium.executablePath()];
  return candidates.find((candidate) => candidate && existsSync(candidate));
}

function run(command, args, env = {}) {
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, ...env },
  });
  return status ?? 1;
}

function installChromium() {
  console.error("No Chromium here: installing Playwright's.");
  if (run(process.execPath, [playwright, "install", "--with-deps", "chromium"]) === 0) return;
  console.error("That did not work: trying the system's package.");
  const sudo = process.getuid?.() === 0 ? [] : ["sudo", "-n"];
  for (const command of [
    ["apt-get", "update"],
    ["apt-get", "install", "-y", "chromium"],
  ]) {
    const [program, ...args] = [...sudo, ...command];
    run(program, args);
  }
}

if (!findChromium()) installChromium();
const executable = findChromium();
if (!executable) {
  console.error("There is no Chromium to test with. Install one, or name it in CHROMIUM_PATH.");
  process.exit(1);
}

if (run(process.execPath, ["scripts/build-if-needed.mjs"]) !== 0) process.exit(1);
const args = process.argv.slice(2);
const env = { CHROMIUM_PATH: executable, ...(args.includes("--long") ? { CHAINFERRY_LONG: "1" } : {}) };
process.exit(run(process.execPath, [playwright, "test", ...args.filter((arg) => arg !== "--long")], env));
