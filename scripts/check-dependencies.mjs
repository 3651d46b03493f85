// Asks the registry whether a weakness is known of what an installation consists of. Exit code 1: one of high or critical gravity is, and
// which. Whoever cannot ask (no network, a registry without advisories) is told so, and goes on: silence would look like an answer.
// `--strict`: then the exit code is 2.
import { spawnSync } from "node:child_process";

const GRAVE = ["high", "critical"];

// A .cmd is started by a shell or not at all: https://nodejs.org/en/blog/vulnerability/april-2024-security-releases-2
const onWindows = process.platform === "win32";
const { stdout, stderr, error } = spawnSync(
  onWindows ? "npm.cmd" : "npm",
  ["audit", "--json", "--omit=dev", "--package-lock-only"],
  { encoding: "utf8", maxBuffer: 64 * 1024 * 1024, timeout: 120_000, shell: onWindows },
);

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

const answer = parse(stdout);
if (!answer.vulnerabilities || !answer.metadata) {
  const why = error?.message ?? answer.message ?? stderr.trim().split("\n")[0];
  console.error(
    `NOT CHECKED: the registry could not be asked about known weaknesses (${why || "no answer"}).`,
  );
  process.exitCode = process.argv.includes("--strict") ? 2 : 0;
} else {
  const known = Object.values(answer.vulnerabilities);
  const grave = known.filter(({ severity }) => GRAVE.includes(severity));
  for (const { name, severity, range, via } of grave) {
    const titles = via.flatMap((cause) => (typeof cause === "string" ? [] : [`${cause.title} ${cause.url}`]));
    console.error(`${severity}: ${name} ${range} ${titles.join("; ")}`);
  }
  console.error(
    `${answer.metadata.dependencies.prod} packages checked: ${grave.length} with a grave weakness, ${known.length - grave.length} with a lesser one.`,
  );
  process.exitCode = grave.length > 0 ? 1 : 0;
}
