// What `chainferry` of an unpacked release runs. Commands work in the release's own folder, where their pages, scripts and
// statements lie; paths that the user types are seen from the user's (INIT_CWD, as with npm).
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const home = path.dirname(fileURLToPath(import.meta.url));
const { program } = JSON.parse(readFileSync(path.join(home, "release.json"), "utf8"));

process.env.INIT_CWD = process.cwd();
process.env.CHAINFERRY_RELEASE = path.dirname(home);
for (const name of [
  ...["CHAINFERRY_CONFIG", "CHAINFERRY_DATA", "CHAINFERRY_TLS_CERT", "CHAINFERRY_TLS_KEY"],
  ...["CHAINFERRY_SECRET_KEY_FILE", "CHAINFERRY_OIDC_CA", "CHAINFERRY_LDAP_CA"],
]) {
  if (process.env[name]) process.env[name] = path.resolve(process.env[name]);
}
process.env.NODE_ENV = "production";
// As Next's own standalone server does: the settings as they were built, nothing that reads or compiles others.
const built = JSON.parse(readFileSync(path.join(home, ".next/required-server-files.json"), "utf8"));
process.env.__NEXT_PRIVATE_STANDALONE_CONFIG = JSON.stringify(built.config);
process.chdir(home);
const [node, , ...args] = process.argv;
process.argv = [node, path.join(home, program), ...args];
await import(pathToFileURL(process.argv[1]).href);
