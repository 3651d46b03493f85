import { randomBytes } from "node:crypto";
import { rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isExternalError } from "@/lib/diagnosis/external-error";
import { joinSourcePath } from "@/lib/migration/object-name";
import type { Finding } from "./probe";
import type { ProbeWorld } from "./probe-world";

/**
 * Whether SQL Server's folder is the folder that this process reads: a file written here is looked for by the server
 * (RESTORE HEADERONLY, which changes nothing). Error 3201 says that it cannot open it; any other that it saw the file and
 * found no backup in it (SQL Server's error list).
 */
export async function checkFolderMapping(world: ProbeWorld): Promise<Finding> {
  const { localFolder, sourceFolder, backupBy } = world.draft;
  const folder = await stat(localFolder).catch(errorCode);
  if (typeof folder === "string" || !folder.isDirectory()) {
    return finding("block", "missing", typeof folder === "string" ? folder : "not a folder");
  }
  if (backupBy === "others") return finding("pass", "ok", "the folder is there");
  const name = `chainferry-probe-${randomBytes(6).toString("hex")}.bak`;
  const path = join(localFolder, name);
  const written = await writeFile(path, "chainferry probe: may be deleted\n", { flag: "wx" }).catch(
    errorCode,
  );
  if (written !== undefined) return finding("unknown", "unchecked", `cannot write here: ${written}`);
  try {
    const source = await world.source();
    return await source.readHeaders(joinSourcePath(sourceFolder.trim(), name)).then(
      () => finding("pass", "ok", "SQL Server opened the file"),
      (error: unknown) => judge(error),
    );
  } finally {
    await rm(path, { force: true });
  }
}

/** Microsoft's numbers: 3201 cannot open; 3241–3243, 3203, 3205, 3254 and the like: opened, but not a backup. */
function judge(error: unknown): Finding {
  if (!isExternalError(error)) throw error;
  const { kind, providerCode, providerMessage } = error.fields;
  if (providerCode === "3201") {
    // The operating system's own number tells a wrong folder from a right one that may not be read.
    const denied = kind === "forbidden";
    return finding("block", denied ? "denied" : "not_seen", `${providerCode}: ${providerMessage}`);
  }
  if (providerCode !== null && /^3[12]\d\d$/.test(providerCode) && kind !== "forbidden") {
    return finding("pass", "ok", `SQL Server opened the file (${providerCode})`);
  }
  throw error;
}

function finding(verdict: Finding["verdict"], cause: string, answer: string): Finding {
  return { verdict, params: { cause }, answer };
}

function errorCode(error: unknown): string {
  if (error instanceof Error && "code" in error && typeof error.code === "string") return error.code;
  throw error;
}
