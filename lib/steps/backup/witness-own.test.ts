import { mkdtemp, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { BackupSet } from "@/lib/backup/header";
import { fromHeaderJson } from "@/lib/backup/header-json";
import { only } from "@/lib/context/open-test-ctx";
import { ExternalError } from "@/lib/diagnosis/external-error";
import type { BackupCallRequest } from "@/lib/once/backup-effect";
import type { SourceBackupRow, SourceServer } from "@/lib/sqlserver/source-server";
import type { BackupFileSpec } from "@/sandbox/backup-writer/backup-spec";
import { backupBytes } from "@/sandbox/backup-writer/write-backup";
import { witnessOwn } from "./witness-own";

const GUID = "7A9C0000-0000-4000-8000-000000000001";
const PATH = "D:\\b\\SalesLog1.trn";
let folder: string;
let localPath: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "chainferry-own-"));
  localPath = join(folder, "SalesLog1.trn");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** What BACKUP wrote, in a format of choice. */
async function wrote(how: Partial<BackupFileSpec>, backupSetGuid = GUID): Promise<void> {
  const bytes = backupBytes({
    sets: [
      {
        type: "log",
        databaseName: "Sales",
        firstLsn: 10n,
        lastLsn: 20n,
        checkpointLsn: 5n,
        backupSetGuid,
        payloadBytes: 1_000_000,
      },
    ],
    ...how,
  });
  await writeFile(localPath, Buffer.concat([...bytes]));
}

const told = (backupSetGuid = GUID): BackupSet =>
  fromHeaderJson({ type: "log", databaseName: "Sales", firstLsn: "10", lastLsn: "20", backupSetGuid });
const refused = () =>
  new ExternalError({
    system: "sql_server",
    kind: "forbidden",
    providerCode: "262",
    providerMessage: "CREATE DATABASE permission denied",
    providerRequestId: null,
    mayHaveHappened: false,
  });

interface Answers {
  headers?: BackupSet[];
  history?: BackupSet[];
  path?: string;
  patient?: boolean;
}

/** Who answers, of a server that says these things; without an answer it refuses to. */
async function ask({ headers, history, path = PATH, patient = false }: Answers) {
  const answer = async <T>(value: T | undefined): Promise<T> => {
    if (value === undefined) throw refused();
    return value;
  };
  const { size } = await stat(localPath);
  const known = await witnessOwn({
    source: only<SourceServer>({
      readHeaders: () => answer(headers),
      findRecordedSets: () => answer(history),
    }),
    taken: only<BackupCallRequest>({ path: PATH, localPath }),
    row: only<SourceBackupRow>({
      backupSetGuid: GUID.toLowerCase(),
      path,
      sizeBytes: 2_000_000,
      compressedSizeBytes: 300_000,
    }),
    sizeBytes: size,
    patient,
  });
  return known?.witness.by ?? null;
}

test("its own bytes come first, and nobody is asked", async () => {
  await wrote({ compressed: true });
  expect(await ask({})).toBe("bytes");
});

test("readable bytes of another backup are not outvoted", async () => {
  await wrote({ compressed: true }, "7A9C0000-0000-4000-8000-000000000009");
  expect(await ask({ headers: [told()], history: [told()] })).toBeNull();
});

test.each([
  ["a container that is not known", { compressed: true, newContainer: true }],
  ["encrypted chunks", { compressed: true, encrypted: true }],
] as const)("%s: the server says what it is, else msdb by path and size", async (_name, how) => {
  await wrote(how);
  expect(await ask({ headers: [told()], patient: true })).toBe("server");
  expect(await ask({ history: [told()] })).toBe("history");
  expect(
    await ask({ headers: [told("7A9C0000-0000-4000-8000-000000000009")], history: [told()] }),
  ).toBeNull();
  expect(await ask({ history: [told()], path: "D:\\b\\other.trn" })).toBeNull();
  expect(await ask({})).toBeNull();
});

test("a file that is smaller than what was written is not whole yet, whoever vouches for it", async () => {
  await wrote({ compressed: true, newContainer: true });
  await truncate(localPath, 100_000);
  expect(await ask({ headers: [told()], history: [told()] })).toBeNull();
});

test("bytes that nobody knows at all are looked at again first, then the server is asked", async () => {
  await wrote({ compressed: true });
  await writeFile(localPath, Buffer.alloc(500_000, "a format of another century"));
  expect(await ask({ headers: [told()], patient: true })).toBeNull();
  expect(await ask({ headers: [told()] })).toBe("server");
});

test("a connection that is lost is an error, not an answer", async () => {
  await wrote({ compressed: true, newContainer: true });
  const lost = new ExternalError({ ...refused().fields, kind: "unavailable", providerCode: "ESOCKET" });
  const asked = witnessOwn({
    source: only<SourceServer>({ readHeaders: () => Promise.reject(lost) }),
    taken: only<BackupCallRequest>({ path: PATH, localPath }),
    row: only<SourceBackupRow>({ backupSetGuid: GUID, path: PATH, sizeBytes: 1, compressedSizeBytes: null }),
    sizeBytes: 500_000,
    patient: false,
  });
  await expect(asked).rejects.toBe(lost);
});
