import { GUESSED_PASSWORDS } from "./guessed-passwords";
import { nameKey } from "./name-key";

export const MIN_PASSWORD_LENGTH = 12;
/** Beyond it nobody types, and hashing would be work for whoever sends megabytes. */
export const MAX_PASSWORD_LENGTH = 256;
/** Shorter ones say too little: `ann` is in many words. */
const NAME_LENGTH = 4;
const MIN_DIFFERENT = 5;
const RUNS = ["abcdefghijklmnopqrstuvwxyz", "01234567890123456789", "qwertyuiop", "asdfghjkl", "zxcvbnm"];
const RUN_LENGTH = 4;

export type PasswordFault =
  | "password_too_short"
  | "password_too_long"
  | "password_common"
  | "password_has_name";

/**
 * Why a password is not taken, or null. Length counts characters, as people see them. `password_common`: of the list, or what is
 * left without runs (`abcd`, `qwer`), repetitions and digits around a listed word is too little to guess at.
 */
export function judgePassword(password: string, names: readonly string[]): PasswordFault | null {
  const length = [...password.normalize("NFKC")].length;
  if (length < MIN_PASSWORD_LENGTH) return "password_too_short";
  if (length > MAX_PASSWORD_LENGTH) return "password_too_long";
  const folded = nameKey(password);
  if (names.map(nameKey).some((name) => name.length >= NAME_LENGTH && folded.includes(name)))
    return "password_has_name";
  return isCommon(folded) ? "password_common" : null;
}

function isCommon(folded: string): boolean {
  if (new Set(folded).size < MIN_DIFFERENT) return true;
  if (repeats(folded)) return true;
  const letters = unmasked(folded).replace(/[^\p{L}]+/gu, "");
  if (GUESSED_PASSWORDS.has(folded) || GUESSED_PASSWORDS.has(letters)) return true;
  return withoutRuns(folded).length < RUN_LENGTH;
}

/** `abcabcabcabc`. */
function repeats(text: string): boolean {
  return (text + text).indexOf(text, 1) < text.length;
}

const MASKS: Readonly<Record<string, string>> = {
  "0": "o",
  "1": "i",
  "3": "e",
  "4": "a",
  "5": "s",
  "@": "a",
  $: "s",
};

/** `p@ssw0rd`: what stands for a letter inside a word; digits at the end stand for themselves. */
function unmasked(text: string): string {
  const core = text.replace(/[\d\W_]+$/u, "");
  return core.replace(/[01345@$]/g, (mark) => MASKS[mark] ?? mark);
}

/** What is left when runs along the alphabet, the digits or a keyboard's row are taken out, in both directions. */
function withoutRuns(text: string): string {
  let left = text;
  for (const row of RUNS.flatMap((run) => [run, [...run].reverse().join("")])) {
    for (let length = row.length; length >= RUN_LENGTH; length -= 1) {
      for (let at = 0; at + length <= row.length; at += 1) {
        left = left.replaceAll(row.slice(at, at + length), "");
      }
    }
  }
  return left;
}
