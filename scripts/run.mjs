// node scripts/run.mjs PROGRAM [ARGUMENT…]
// Runs a program of build-program.mjs in this process, built first when a source changed; pages too, where they are served.
import { pathToFileURL } from "node:url";
import { buildPagesIfNeeded } from "./build-pages.mjs";
import { programFile } from "./build-program.mjs";
import { buildStoreTemplateIfNeeded } from "./build-store-template.mjs";

const [, , name, ...args] = process.argv;
try {
  const file = programFile(name);
  if (args[0] === "serve" && !args.includes("--dev")) {
    buildPagesIfNeeded();
    buildStoreTemplateIfNeeded();
  }
  process.argv = [process.execPath, file, ...args];
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
await import(pathToFileURL(process.argv[1]).href);
