import { randomBytes, randomUUID } from "node:crypto";
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from "node:fs";
import path from "node:path";
import { AppError } from "@/lib/diagnosis/app-error";
import { errorCode } from "@/lib/diagnosis/error-code";

const KEY_BYTES = 32;

/**
 * The 32 bytes that `keyFile` holds in base64. Without the file a key is made, readable by its owner only; of two
 * processes that start at once both get the same.
 * @throws AppError `key_file_broken` (params: keyFile): a guessed key would make every saved secret unreadable.
 */
export function readOrMakeKey(keyFile: string): Buffer {
  const text = readOrNull(keyFile) ?? makeKey(keyFile);
  const key = Buffer.from(text.trim(), "base64");
  if (key.length === KEY_BYTES) return key;
  const error = new AppError("precondition_failed", "key_file_broken", { keyFile });
  // Read in a terminal at start-up, so a sentence.
  error.message =
    `${keyFile} does not hold a key. Put the right file back: saved passwords can't be read without it. ` +
    "If it is lost, delete the file and enter the passwords again under Connections.";
  throw error;
}

function makeKey(keyFile: string): string {
  mkdirSync(path.dirname(keyFile), { recursive: true, mode: 0o700 });
  const aside = `${keyFile}.${randomUUID()}`;
  const file = openSync(/* turbopackIgnore: true */ aside, "wx", 0o600);
  try {
    writeSync(file, `${randomBytes(KEY_BYTES).toString("base64")}\n`);
    // Secrets sealed with a key that a power cut took are lost.
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  try {
    // A link, not a rename: the key of a process that was faster stays.
    linkSync(aside, keyFile);
  } catch (error) {
    if (errorCode(error) !== "EEXIST") throw error;
  } finally {
    rmSync(aside);
  }
  return readFileSync(keyFile, "utf8");
}

function readOrNull(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return null;
    throw error;
  }
}
