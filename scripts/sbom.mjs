// Writes a software bill of materials, CycloneDX in JSON, to stdout: what an installation without development tools consists of.
// npm asks nobody: it reads package-lock.json. `node scripts/sbom.mjs > sbom.cdx.json`
import { spawnSync } from "node:child_process";

// A .cmd is started by a shell or not at all: https://nodejs.org/en/blog/vulnerability/april-2024-security-releases-2
const onWindows = process.platform === "win32";
const { status, stdout, stderr } = spawnSync(
  onWindows ? "npm.cmd" : "npm",
  ["sbom", "--sbom-format=cyclonedx", "--sbom-type=application", "--package-lock-only", "--omit=dev"],
  { encoding: "utf8", maxBuffer: 64 * 1024 * 1024, shell: onWindows },
);
if (status !== 0) {
  process.stderr.write(stderr);
  process.exit(status ?? 1);
}
const { components } = JSON.parse(stdout);
if (!Array.isArray(components) || components.length === 0) {
  process.stderr.write("npm named no component: is package-lock.json there?\n");
  process.exit(1);
}
process.stdout.write(stdout);
