import type mssql from "mssql";
import { isExternalError } from "@/lib/diagnosis/external-error";
import { loadStatement } from "./load-statement";
import { flagField, numberField, textField } from "./row-fields";
import { runStatement } from "./run-statement";
import { parseServerVersion } from "./server-version";
import type { ServerIdentity } from "./source-server";

/** Asks the server who it is. Throws ExternalError. */
export async function identifyServer(
  pool: mssql.ConnectionPool,
  secrets: readonly string[],
): Promise<ServerIdentity> {
  const [row = {}] = await runStatement(pool, { text: loadStatement("identify-server"), secrets });
  const productVersion = textField(row, "product_version") ?? "";
  const knownPath = textField(row, "default_backup_path");
  const isOld = productVersion !== "" && parseServerVersion(productVersion).major < 15;
  return {
    productVersion,
    productLevel: textField(row, "product_level") ?? "",
    edition: textField(row, "edition") ?? "",
    engineEdition: numberField(row, "engine_edition") ?? 0,
    serverName: textField(row, "server_name") ?? "",
    machineName: textField(row, "machine_name") ?? "",
    collation: textField(row, "server_collation") ?? "",
    isSysadmin: flagField(row, "is_sysadmin"),
    defaultBackupPath: knownPath ?? (isOld ? await readDefaultBackupPath(pool, secrets) : null),
    versionText: textField(row, "version_text") ?? "",
    utcOffsetMinutes: numberField(row, "utc_offset_minutes") ?? 0,
    localTime: textField(row, "local_time") ?? "",
    encrypted: await readSessionEncryption(pool, secrets),
  };
}

/** Null when the login may not look at sys.dm_exec_connections. */
export async function readSessionEncryption(
  pool: mssql.ConnectionPool,
  secrets: readonly string[],
): Promise<boolean | null> {
  const rows = await unlessRefused(
    runStatement(pool, { text: loadStatement("read-session-encryption"), secrets }),
  );
  const option = rows?.[0] ? textField(rows[0], "encrypt_option") : null;
  return option === null ? null : option.toUpperCase() === "TRUE";
}

async function readDefaultBackupPath(pool: mssql.ConnectionPool, secrets: readonly string[]) {
  const rows = await unlessRefused(
    runStatement(pool, { text: loadStatement("read-default-backup-path"), secrets }),
  );
  return rows?.[0] ? textField(rows[0], "default_backup_path") : null;
}

/** Null when the server answered with an error: a refusal means "not known", a lost connection stays an error. */
async function unlessRefused<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    const refused = isExternalError(error) && /^\d+$/.test(error.fields.providerCode ?? "");
    if (refused) return null;
    throw error;
  }
}
