// node scripts/release/make-release.mjs [PLATFORM…] [--out FOLDER]
// One archive for each platform (linux-x64, linux-arm64, win-x64; by default this machine's): Node, the built product and
// `chainferry`, to be unpacked and started where there is no network, no npm and no compiler. Beside them SHA256SUMS and the
// bill of materials. What is in an archive, its order and its times depend on the sources alone.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  cpSync,
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { create, extract } from "tar";
import { ZipFile } from "yazl";
import { buildPagesIfNeeded } from "../build-pages.mjs";
import { programFile } from "../build-program.mjs";
import { root } from "../hash-sources.mjs";
import { findFaults } from "./check-archive.mjs";
import { collectApp } from "./collect-app.mjs";

// Times in a zip are local ones.
process.env.TZ = "UTC";
const here = path.dirname(fileURLToPath(import.meta.url));
const runtimes = JSON.parse(readFileSync(path.join(here, "node-runtimes.json"), "utf8"));
const PREVIEW_KEYS = [".next/prerender-manifest.json", ".next/server/preview-props.json"];
const ACTION_KEYS = [
  ".next/server/server-reference-manifest.json",
  ".next/server/server-reference-manifest.js",
];
const { version } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
const thisPlatform = `${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { out: { type: "string", default: path.join(root, "release") } },
});
const platforms = positionals.length === 0 ? [thisPlatform] : positionals;
const unknown = platforms.filter((platform) => !(platform in runtimes.platforms));
if (unknown.length > 0) {
  fail(`No release for ${unknown.join(", ")}. There are: ${Object.keys(runtimes.platforms).join(", ")}.`);
}

const program = path.relative(root, programFile("chainferry")).split(path.sep).join("/");
// What a build before this one left in its cache changes names of files.
rmSync(path.join(root, ".next"), { recursive: true, force: true });
buildPagesIfNeeded();
const app = await collectApp(program);
const builtAt = lastChange();
let storeTemplate = null;
mkdirSync(values.out, { recursive: true });
const staging = mkdtempSync(path.join(tmpdir(), "chainferry-release-"));
try {
  for (const platform of platforms) {
    const name = `chainferry-${version}-${platform}`;
    const folder = path.join(staging, name);
    stage(folder, platform);
    await addPrograms(folder, platform);
    const faults = findFaults(folder, platform);
    if (faults.length > 0) fail(`${name} can't be delivered:\n${faults.join("\n")}`);
    const archive = await pack(name, platform);
    console.log(`${archive} ${(statSync(path.join(values.out, archive)).size / 1e6).toFixed(1)} MB`);
  }
} finally {
  rmSync(staging, { recursive: true, force: true });
}
writeBillOfMaterials();
writeSums();

function stage(folder, platform) {
  const put = (file, to = file) => {
    const target = path.join(folder, "app", to);
    mkdirSync(path.dirname(target), { recursive: true });
    cpSync(path.join(root, file), target, { dereference: true });
  };
  for (const file of app.files) put(file);
  for (const file of PREVIEW_KEYS) putPreviewKeys(path.join(folder, "app", file));
  for (const file of ACTION_KEYS) putActionKey(path.join(folder, "app", file));
  leaveOutRoot(path.join(folder, "app/.next/required-server-files.json"));
  for (const [file, text] of app.stubs) {
    const target = path.join(folder, "app", file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
  putStoreTemplate(path.join(folder, "app"));
  put("scripts/release/launch.mjs", "launch.mjs");
  writeFileSync(
    path.join(folder, "app", "release.json"),
    `${JSON.stringify({ version, platform, node: runtimes.version, program }, null, 2)}\n`,
  );
  const onWindows = platform.startsWith("win");
  const launcher = readFileSync(path.join(here, onWindows ? "chainferry.cmd" : "chainferry.sh"), "utf8");
  const lines = launcher.replaceAll("\r\n", "\n");
  writeFileSync(
    path.join(folder, onWindows ? "chainferry.cmd" : "chainferry"),
    onWindows ? lines.replaceAll("\n", "\r\n") : lines,
  );
}

/**
 * The empty store that a first start copies: made of what is in this release alone, whatever a cache of this machine holds, and the same each time.
 * Every platform has the same, PostgreSQL in it is WebAssembly.
 */
function putStoreTemplate(home) {
  const folder = "node_modules/.cache/chainferry";
  if (storeTemplate !== null) {
    cpSync(storeTemplate, path.join(home, folder), { recursive: true });
    return;
  }
  const world = pathToFileURL(path.join(here, "steady-world.mjs")).href;
  const { status } = spawnSync(
    process.execPath,
    ["--import", world, path.join(root, path.dirname(program), "make-store-template.js")],
    {
      cwd: home,
      // PostgreSQL writes time zone and language of its environment into its settings.
      env: { PATH: process.env.PATH, TZ: "UTC", SOURCE_DATE_EPOCH: String(builtAt.getTime() / 1_000) },
      stdio: ["ignore", 2, 2],
    },
  );
  if (status !== 0) fail("The empty store could not be made; the reason is above.");
  storeTemplate = path.join(home, folder);
}

/**
 * Keys of Next's preview mode, by chance in each build. Nothing here has a preview; whoever has an archive would know them in any case. So that the
 * same sources make the same archive they come from these.
 */
function putPreviewKeys(file) {
  const built = JSON.parse(readFileSync(file, "utf8"));
  const keys = built.preview ?? built;
  for (const name of Object.keys(keys).filter((one) => one.startsWith("previewMode"))) {
    const digest = createHash("sha256").update(`${app.sources} ${name}`).digest("hex");
    keys[name] = digest.slice(0, keys[name].length);
  }
  writeFileSync(file, JSON.stringify(built, null, 2));
}

/** The key of Next's server actions, of which there are none: by chance in each folder in which it is built. */
function putActionKey(file) {
  const key = createHash("sha256").update(`${app.sources} actions`).digest("base64");
  const text = readFileSync(file, "utf8");
  const keyed = text.replace(/(encryptionKey\\?":\s*\\?")[A-Za-z0-9+/=]+/, `$1${key}`);
  if (!keyed.includes(key)) fail(`${file} names no encryptionKey: has Next changed it?`);
  writeFileSync(file, keyed);
}

/** Next writes down where it was built; seen from the release's own folder, which the launcher goes to, that is here. */
function leaveOutRoot(file) {
  const seenFromHere = (_, value) =>
    typeof value === "string" && (value === root || value.startsWith(root + path.sep))
      ? path.relative(root, value).split(path.sep).join("/") || "."
      : value;
  const built = JSON.parse(readFileSync(file, "utf8"), seenFromHere);
  writeFileSync(file, JSON.stringify(built));
}

/** Node, and on Windows what makes a service of it. */
async function addPrograms(folder, platform) {
  const { integrity, file } = runtimes.platforms[platform];
  const node = await fetchPackage(`node-${platform}`, runtimes.version, integrity);
  cpSync(path.join(node, file), path.join(folder, path.basename(file)));
  if (existsSync(path.join(node, "LICENSE")))
    cpSync(path.join(node, "LICENSE"), path.join(folder, "LICENSE.node"));
  if (!platform.startsWith("win")) return;
  const { service } = runtimes;
  const wrapper = await fetchPackage(service.package, service.version, service.integrity);
  for (const [from, to] of Object.entries(service.files))
    cpSync(path.join(wrapper, from), path.join(folder, to));
}

/** The unpacked package from the registry that npm is set to, compared with the sum that stands here. */
async function fetchPackage(name, packageVersion, integrity) {
  const at = mkdtempSync(path.join(staging, "package-"));
  const onWindows = process.platform === "win32";
  const packed = spawnSync(
    onWindows ? "npm.cmd" : "npm",
    ["pack", `${name}@${packageVersion}`, "--silent", "--pack-destination", at],
    { encoding: "utf8", shell: onWindows },
  );
  if (packed.status !== 0) fail(`npm pack ${name}@${packageVersion}: ${packed.stderr.trim()}`);
  const [tarball] = readdirSync(at);
  const sum = `sha512-${createHash("sha512")
    .update(readFileSync(path.join(at, tarball)))
    .digest("base64")}`;
  if (sum !== integrity)
    fail(`${name}@${packageVersion} is not what it was: ${sum} in place of ${integrity}.`);
  await extract({ file: path.join(at, tarball), cwd: at });
  return path.join(at, "package");
}

async function pack(name, platform) {
  const entries = readdirSync(path.join(staging, name), { recursive: true, withFileTypes: true });
  const nameOf = (entry) =>
    path.relative(staging, path.join(entry.parentPath, entry.name)).split(path.sep).join("/");
  const files = entries
    .filter((entry) => entry.isFile())
    .map(nameOf)
    .sort();
  // The empty store has folders without files, and does not start without them.
  const empty = entries
    .filter(
      (entry) => entry.isDirectory() && readdirSync(path.join(entry.parentPath, entry.name)).length === 0,
    )
    .map(nameOf)
    .sort();
  const archive = `${name}.${platform.startsWith("win") ? "zip" : "tar.gz"}`;
  const to = path.join(values.out, archive);
  if (platform.startsWith("win")) {
    const zip = new ZipFile();
    for (const file of files) zip.addFile(path.join(staging, file), file, { mtime: builtAt, mode: 0o644 });
    for (const folder of empty) zip.addEmptyDirectory(folder, { mtime: builtAt });
    zip.end();
    await pipeline(zip.outputStream, createWriteStream(to));
    return archive;
  }
  // As in every unpacked archive, whatever the umask here.
  for (const file of files) chmodSync(path.join(staging, file), isProgram(file, name) ? 0o755 : 0o644);
  await create(
    {
      cwd: staging,
      file: to,
      gzip: { level: 9 },
      portable: true,
      mtime: builtAt,
    },
    [...empty, ...files],
  );
  return archive;
}

function isProgram(file, name) {
  return file === `${name}/node` || file === `${name}/chainferry`;
}

/** Time of the commit, or SOURCE_DATE_EPOCH (https://reproducible-builds.org/specs/source-date-epoch/). */
function lastChange() {
  const given = process.env.SOURCE_DATE_EPOCH;
  const seconds =
    given ?? spawnSync("git", ["log", "-1", "--format=%ct"], { cwd: root, encoding: "utf8" }).stdout;
  if (!/^\d+\s*$/.test(seconds ?? ""))
    fail("No commit here, and SOURCE_DATE_EPOCH (seconds since 1970) is not set.");
  return new Date(Number(seconds) * 1000);
}

function writeBillOfMaterials() {
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(root, "scripts/sbom.mjs")], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) fail(stderr);
  // npm draws the number, looks at the clock and names it by its folder: here all come of what is listed, and of the sources' time.
  const bill = JSON.parse(stdout);
  bill.metadata.component.name = "chainferry";
  bill.metadata.timestamp = builtAt.toISOString();
  bill.serialNumber = uuidOf(JSON.stringify({ ...bill, serialNumber: null }));
  writeFileSync(
    path.join(values.out, `chainferry-${version}.cdx.json`),
    `${JSON.stringify(bill, null, 2)}\n`,
  );
}

/** Named by what it stands for (RFC 9562, version 8). */
function uuidOf(text) {
  const hex = createHash("sha256").update(text).digest("hex");
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** In the form of `sha256sum --check`. */
function writeSums() {
  const lines = readdirSync(values.out)
    .filter((file) => file.startsWith(`chainferry-${version}`))
    .sort()
    .map(
      (file) =>
        `${createHash("sha256")
          .update(readFileSync(path.join(values.out, file)))
          .digest("hex")}  ${file}`,
    );
  writeFileSync(path.join(values.out, "SHA256SUMS"), `${lines.join("\n")}\n`);
}

function fail(words) {
  console.error(words);
  process.exit(1);
}
