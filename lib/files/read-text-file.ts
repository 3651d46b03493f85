import { readFile } from "node:fs/promises";

/**
 * The text of a file that a person made or sent: UTF-8, with or without the mark that editors of Windows put before it, or UTF-16 as `>` of Windows
 * PowerShell writes it. Throws the operating system's error.
 * https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_character_encoding
 */
export async function readTextFile(path: string): Promise<string> {
  return decodeText(await readFile(path));
}

/** The same of its bytes. */
export function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
  // Takes the mark away itself.
  return new TextDecoder(encoding).decode(bytes);
}
