// What `chainferry` of an unpacked release runs. Commands work in the release's own folder, where their pages, scripts and
// statements lie; paths that the user types are seen from the user's (INIT_CWD, as with npm). The store lies outside the release, so
// that the next one finds it.
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const home = path.dirname(fileURLToPath(import.meta.url));
const { program } = JSON.parse(readFileSync(path.join(home, "release.json"), "utf8"));

process.env.INIT_CWD = process.cwd();
process.env.CHAINFERRY_DATA = path.resolve(process.env.CHAINFERRY_DATA || defaultDataFolder());
process.env.NODE_ENV = "production";
process.chdir(home);
const [node, , ...args] = process.argv;
process.argv = [node, path.join(home, program), ...args];
await import(pathToFileURL(process.argv[1]).href);

/** Where programs of one user keep their data (XDG Base Directory Specification; %LOCALAPPDATA% on Windows). */
function defaultDataFolder() {
  const { LOCALAPPDATA, XDG_DATA_HOME } = process.env;
  if (process.platform === "win32") return path.join(LOCALAPPDATA || homedir(), "Chainferry");
  return path.join(XDG_DATA_HOME || path.join(homedir(), ".local", "share"), "chainferry");
}
