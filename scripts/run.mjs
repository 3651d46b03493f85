// node scripts/run.mjs PROGRAM [ARGUMENT…]
// Runs a program of build-program.mjs in this process, built first when a source changed.
import { pathToFileURL } from "node:url";
import { programFile } from "./build-program.mjs";

const [, , name, ...args] = process.argv;
try {
  const file = programFile(name);
  process.argv = [process.execPath, file, ...args];
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
await import(pathToFileURL(process.argv[1]).href);
