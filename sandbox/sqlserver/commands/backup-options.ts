import type { Frame } from "../tsql/engine-host";
import { evaluate } from "../tsql/run-statements";
import { SqlError } from "../tsql/sql-error";
import { int, nvarchar } from "../tsql/sql-type";
import type { BackupStatement, RestoreStatement, WithOption } from "../tsql/statement";

const SHARED = `CHECKSUM NO_CHECKSUM STOP_ON_ERROR CONTINUE_AFTER_ERROR STATS NORECOVERY STANDBY MEDIANAME BLOCKSIZE BUFFERCOUNT
  MAXTRANSFERSIZE REWIND NOREWIND UNLOAD NOUNLOAD RESTART`;
const KNOWN = {
  BACKUP: new Set(
    `${SHARED} FORMAT NOFORMAT INIT NOINIT SKIP NOSKIP COMPRESSION NO_COMPRESSION DIFFERENTIAL COPY_ONLY NO_TRUNCATE NAME DESCRIPTION
     MEDIADESCRIPTION RETAINDAYS EXPIREDATE`.split(/\s+/),
  ),
  RESTORE: new Set(
    `${SHARED} RECOVERY FILE REPLACE MOVE MOVE_TO LOADHISTORY STOPAT METADATA_ONLY RESTRICTED_USER`.split(
      /\s+/,
    ),
  ),
};

/**
 * The WITH options by name: texts and numbers evaluated, `null` for a word alone, of MOVE and its TO all that were given, a line each.
 * Throws 155 on an unknown one.
 */
export function readOptions(
  options: readonly WithOption[],
  verb: "BACKUP" | "RESTORE",
  frame: Frame,
): Map<string, string | number | null> {
  const read = new Map<string, string | number | null>();
  for (const { name, value } of options) {
    if (!KNOWN[verb].has(name)) {
      throw new SqlError(155, 15, `'${name}' is not a recognized ${verb} option.`, { abortsBatch: true });
    }
    if (value === null) {
      read.set(name, null);
      continue;
    }
    const numeric = ["STATS", "FILE", "BLOCKSIZE", "BUFFERCOUNT", "MAXTRANSFERSIZE", "RETAINDAYS"].includes(
      name,
    );
    const found = evaluate(value, frame, numeric ? int : nvarchar(4000));
    if ((name === "MOVE" || name === "MOVE_TO") && typeof found === "string") {
      const before = read.get(name);
      read.set(name, before === undefined ? found : `${before}\n${found}`);
      continue;
    }
    read.set(name, typeof found === "string" || typeof found === "number" ? found : null);
  }
  return read;
}

/** The path of the one DISK device. Throws 3206 for a logical device and 3201 for what is no disk. */
export function diskPath(statement: BackupStatement | RestoreStatement, frame: Frame): string {
  const [device, ...more] = statement.devices;
  if (device === undefined) return "";
  const value = evaluate(device.path, frame, nvarchar(4000));
  const path = typeof value === "string" ? value : "";
  if (device.type === "LOGICAL") {
    throw new SqlError(
      3206,
      16,
      `No entry in sysdevices for backup device '${path}'. Update sysdevices and rerun statement.`,
    );
  }
  if (device.type !== "DISK") throw deviceError(path, 50, "The request is not supported.");
  if (more.length > 0) throw new SqlError(50000, 16, "The sandbox's server keeps a backup in one file.");
  return path;
}

export function deviceError(path: string, code: number, message: string): SqlError {
  return new SqlError(
    3201,
    16,
    `Cannot open backup device '${path}'. Operating system error ${code}(${message}).`,
  );
}

/** Wraps a cause the way SQL Server does: the cause first, then 3013. Other failures pass. */
export async function terminating<T>(command: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof SqlError) || (error.severity < 16 && error.number !== 927 && error.number !== 942))
      throw error;
    throw new SqlError(3013, 16, `${command} is terminating abnormally.`, {
      preceding: [...error.preceding, error],
    });
  }
}
