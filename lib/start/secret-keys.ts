import { execSync } from "node:child_process";
import { join } from "node:path";
import { keyOf, readKey, readOrMakeKey } from "@/lib/auth/key-file";
import type { SealerKeys } from "@/lib/auth/sealer";
import { AppError } from "@/lib/diagnosis/app-error";

/** Of the first three at most one is not null; none: the file of the data folder. */
export interface SecretKeySettings {
  /** 32 bytes in base64, as those of `old`. */
  key: string | null;
  file: string | null;
  command: string | null;
  old: readonly string[];
}

const COMMAND_MS = 30_000;

/** The file that holds the key of the secrets; null: it comes from elsewhere. */
export function keyFileOf(at: { dataFolder: string; secretKey: SecretKeySettings | null }): string | null {
  const { key = null, file = null, command = null } = at.secretKey ?? {};
  if (key !== null || command !== null) return null;
  return file ?? join(at.dataFolder, "secret.key");
}

/** A key that `rotate-key` has made and not put into its place yet: secrets may be sealed with it. */
export const nextKeyFile = (keyFile: string): string => `${keyFile}.next`;

/**
 * Reads the key where the configuration says it is; a file is made when it is missing. Throws AppError `key_file_broken` (params: keyFile) for what is
 * no key, and for a command that fails: its words stand on stderr, and nothing of what it printed is told.
 */
export function readSecretKeys(at: { dataFolder: string; secretKey: SecretKeySettings | null }): SealerKeys {
  const { secretKey } = at;
  const older = (secretKey?.old ?? []).map((text) => keyOf(text, "CHAINFERRY_SECRET_KEY_OLD"));
  const file = keyFileOf(at);
  if (file !== null) {
    const next = readKey(nextKeyFile(file));
    return { place: file, key: readOrMakeKey(file), older: next === null ? older : [...older, next] };
  }
  const given = secretKey?.key ?? null;
  if (given !== null)
    return { place: "CHAINFERRY_SECRET_KEY", key: keyOf(given, "CHAINFERRY_SECRET_KEY"), older };
  const place = "CHAINFERRY_SECRET_KEY_COMMAND";
  return { place, key: keyOf(printedBy(secretKey?.command ?? "", place), place), older };
}

function printedBy(command: string, place: string): string {
  try {
    return execSync(command, {
      encoding: "utf8",
      timeout: COMMAND_MS,
      stdio: ["ignore", "pipe", "inherit"],
      windowsHide: true,
    });
  } catch {
    const error = new AppError("precondition_failed", "key_file_broken", { keyFile: place });
    error.message = `The command of ${place} failed, or took longer than 30 seconds: there is no key to read saved passwords with.`;
    throw error;
  }
}
