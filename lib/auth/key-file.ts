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
  return keyOf(readOrNull(keyFile) ?? makeKey(keyFile), keyFile);
}

/** The key of a file that is there; null: there is none. Throws as `readOrMakeKey`. */
export function readKey(keyFile: string): Buffer | null {
  const text = readOrNull(keyFile);
  return text === null ? null : keyOf(text, keyFile);
}

/** 32 bytes in base64. Throws AppError `key_file_broken` with the place that they were read from. */
export function keyOf(text: string, place: string): Buffer {
  const key = Buffer.from(text.trim(), "base64");
  if (key.length === KEY_BYTES) return key;
  const error = new AppError("precondition_failed", "key_file_broken", { keyFile: place });
  // Read in a terminal at start-up, so a sentence.
  error.message =
    `${place} does not hold a key, 32 bytes in base64. Put the right one back: saved passwords can't be read without it. ` +
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
