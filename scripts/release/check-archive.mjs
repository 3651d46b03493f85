import { lstatSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** Of the 260 characters that a path may have on Windows, the rest is for the folder where somebody unpacks. */
const LONGEST_PATH = 200;
/** https://learn.microsoft.com/windows/win32/fileio/naming-a-file */
const RESERVED = /^(?:con|prn|aux|nul|com[1-9¹²³]|lpt[1-9¹²³])(?:\.|$)/i;
const NOT_IN_A_NAME = /[<>:"|?*\\]|[. ]$/;
/** What makes a service of Windows is a program of .NET, which runs on any. */
const ANY_PROCESSOR = /^chainferry-service\.exe$/;
/**
 * Machine words of ELF (https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html) and PE
 * (https://learn.microsoft.com/windows/win32/debug/pe-format).
 */
const MACHINES = {
  elf: { 62: "linux-x64", 183: "linux-arm64" },
  pe: { 34404: "win-x64", 43620: "win-arm64", 332: "win-x86" },
};

/**
 * What would keep the archive of `folder` (its name is the first part of each path) from being unpacked and run on `platform`, whatever machine made
 * it: a sentence each. Empty: nothing.
 */
export function findFaults(folder, platform) {
  const faults = [];
  const seen = new Map();
  const name = path.basename(folder);
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join("/");
    const whole = `${name}/${file}`;
    if (entry.isSymbolicLink()) faults.push(`${file} is a link`);
    else if (!entry.isFile() && !entry.isDirectory()) faults.push(`${file} is neither a file nor a folder`);
    if (whole.length > LONGEST_PATH) faults.push(`${whole} has ${whole.length} characters`);
    const twin = seen.get(file.toLowerCase());
    if (twin !== undefined) faults.push(`${file} and ${twin} are one name on Windows`);
    seen.set(file.toLowerCase(), file);
    if (RESERVED.test(entry.name) || NOT_IN_A_NAME.test(entry.name) || hasControl(entry.name))
      faults.push(`${file} is no name on Windows`);
    if (entry.isFile() && !ANY_PROCESSOR.test(file)) {
      const runsOn = machineOf(path.join(folder, file));
      if (runsOn !== null && runsOn !== platform) faults.push(`${file} is a program for ${runsOn}`);
    }
  }
  return [...faults, ...launcherFaults(folder, platform)];
}

function hasControl(name) {
  return [...name].some((letter) => letter < " ");
}

/** The platform that a file of machine code is for, or null where it is none. */
function machineOf(file) {
  if (lstatSync(file).size < 64) return null;
  const bytes = readFileSync(file);
  if (bytes.readUInt32BE(0) === 0x7f454c46)
    return MACHINES.elf[bytes.readUInt16LE(18)] ?? "another processor (ELF)";
  if (bytes.readUInt16BE(0) === 0x4d5a) {
    const at = bytes.readUInt32LE(0x3c);
    const isPe = at + 6 <= bytes.length && bytes.readUInt32BE(at) === 0x50450000;
    return isPe ? (MACHINES.pe[bytes.readUInt16LE(at + 4)] ?? "another processor (PE)") : null;
  }
  const magic = bytes.readUInt32BE(0);
  return magic === 0xcffaedfe || (magic === 0xcafebabe && bytes.readUInt32BE(4) < 8) ? "macOS" : null;
}

function launcherFaults(folder, platform) {
  if (!platform.startsWith("win")) {
    const text = readFileSync(path.join(folder, "chainferry"), "utf8");
    return text.includes("\r") ? ["chainferry has ends of lines of Windows: no shell reads it"] : [];
  }
  const text = readFileSync(path.join(folder, "chainferry.cmd"), "utf8");
  return /(?<!\r)\n/.test(text) || /[^\0-\x7f]/.test(text)
    ? ["chainferry.cmd must be ASCII with CRLF: cmd.exe misreads others"]
    : [];
}
