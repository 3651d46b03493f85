// Completes package-lock.json after `npm install` against a registry that carries only this platform's binaries: npm then
// leaves the optional packages of other platforms out, and `npm ci` refuses the lock file. Run it after every install.
// What npm then installs on those platforms must be what was published: each entry has the hash that the registry says.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const file = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..", "package-lock.json");
const lock = JSON.parse(readFileSync(file, "utf8"));

const SYSTEMS = ["android", "darwin", "freebsd", "linux", "openharmony", "win32"];
const PROCESSORS = ["arm64", "arm", "ia32", "ppc64", "riscv64", "s390x", "wasm32", "x64"];

/** `@scope/name-linux-arm64-musl` -> what npm would have read from that package. */
function platformOf(name) {
  const words = name.split(/[/-]/);
  const os = SYSTEMS.filter((system) => words.includes(system));
  const cpu = PROCESSORS.filter((processor) => words.includes(processor));
  const libc = os.includes("linux")
    ? words.some((word) => word.startsWith("musl"))
      ? ["musl"]
      : ["glibc"]
    : [];
  return { ...(os.length ? { os } : {}), ...(cpu.length ? { cpu } : {}), ...(libc.length ? { libc } : {}) };
}

let added = 0;
for (const owner of Object.values(lock.packages)) {
  for (const [name, version] of Object.entries(owner.optionalDependencies ?? {})) {
    const place = `node_modules/${name}`;
    if (lock.packages[place] || !/^\d/.test(version)) continue;
    lock.packages[place] = {
      version,
      ...platformOf(name),
      ...(owner.dev ? { dev: true } : {}),
      optional: true,
    };
    added += 1;
  }
}
/** The hash under which a package was published. Null: the registry could not be asked. */
function integrityOf(name, version) {
  // A .cmd is started by a shell or not at all: https://nodejs.org/en/blog/vulnerability/april-2024-security-releases-2
  const onWindows = process.platform === "win32";
  const asked = spawnSync(
    onWindows ? "npm.cmd" : "npm",
    ["view", `${name}@${version}`, "dist.integrity", "--json"],
    { encoding: "utf8", timeout: 60_000, shell: onWindows },
  );
  const text = asked.status === 0 ? asked.stdout.trim() : "";
  return /^"sha512-[A-Za-z0-9+/=]+"$/.test(text) ? JSON.parse(text) : null;
}

let hashed = 0;
const unknown = [];
for (const [place, entry] of Object.entries(lock.packages)) {
  if (place === "" || entry.integrity || entry.link || entry.inBundle) continue;
  const integrity = integrityOf(place.slice(place.lastIndexOf("node_modules/") + 13), entry.version);
  if (integrity === null) unknown.push(place);
  else {
    const { version, ...rest } = entry;
    lock.packages[place] = { version, integrity, ...rest };
    hashed += 1;
  }
}

if (added + hashed > 0) {
  const sorted = Object.entries(lock.packages).sort(([left], [right]) => (left < right ? -1 : 1));
  lock.packages = Object.fromEntries(sorted);
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
}
console.error(
  `${added} packages of other platforms added to package-lock.json, ${hashed} hashes asked of the registry.`,
);
if (unknown.length > 0) {
  console.error(`The registry did not say the hash of: ${unknown.join(", ")}`);
  process.exitCode = 1;
}
