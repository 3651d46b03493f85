import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { BACKUP_TYPES } from "@/lib/backup/backup-kind";
import { lsnOf } from "@/lib/backup/lsn";
import type { BackupFileSpec, BackupSetSpec } from "@/sandbox/backup-writer/backup-spec";
import { backupBytes } from "@/sandbox/backup-writer/write-backup";

/** A file to be mutated: the bytes that are kept of it, zeros between them. */
export interface FuzzFile {
  sizeBytes: number;
  parts: { offset: number; bytes: Uint8Array }[];
}

const SET: BackupSetSpec = {
  type: "full",
  databaseName: "Sales",
  backupName: "Sales-Full Database Backup",
  backupDescription: "每日完整备份",
  firstLsn: lsnOf(37, 504, 37),
  lastLsn: lsnOf(37, 520, 1),
  checkpointLsn: lsnOf(37, 504, 37),
  databaseBackupLsn: lsnOf(36, 16, 1),
  baseBackupSetGuid: "0B9302B8-8B05-4357-9D5A-8A3A1F1C0001",
  payloadBytes: 6_000,
};

/** One file of each kind that the writer knows. */
export function writtenOriginals(): FuzzFile[] {
  const specs: BackupFileSpec[] = [];
  for (const compressed of [false, true]) {
    for (const type of BACKUP_TYPES) specs.push({ blockSize: 512, compressed, sets: [{ ...SET, type }] });
    specs.push({ blockSize: 4096, compressed, sets: [SET, { ...SET, type: "log" }] });
    specs.push({
      blockSize: 512,
      compressed,
      sets: [1, 2, 3, 4].map(() => ({ ...SET, payloadBytes: 60_000 })),
    });
    specs.push({ blockSize: 65_536, compressed, sets: [SET] });
    specs.push({
      blockSize: 512,
      compressed,
      sets: [{ ...SET, payloadBytes: 120_000, files: manyFiles(120) }],
    });
    specs.push({
      blockSize: 512,
      compressed,
      sets: [{ ...SET, hasChecksums: true, softwareVersion: "10.50.6000" }],
    });
  }
  specs.push({ blockSize: 512, sets: [{ ...SET, softwareVersion: "9.0.5000", mediaName: "Weekly" }] });
  specs.push({ blockSize: 512, sets: Array.from({ length: 60 }, () => ({ ...SET, payloadBytes: 0 })) });
  specs.push({ blockSize: 512, sets: [{ ...SET, family: { sequence: 2, count: 64 } }] });
  specs.push({ blockSize: 4096, compressed: true, encrypted: true, sets: [SET, SET] });
  specs.push({
    blockSize: 4096,
    compressed: true,
    algorithm: "zstd",
    sets: [SET, { ...SET, type: "log", payloadBytes: 150_000 }],
  });
  return specs.map((spec) => {
    const bytes = Uint8Array.from(Buffer.concat([...backupBytes(spec)]));
    return { sizeBytes: bytes.length, parts: [{ offset: 0, bytes }] };
  });
}

function manyFiles(count: number): NonNullable<BackupSetSpec["files"]> {
  return Array.from({ length: count }, (_, i) => ({
    logicalName: `Sales_${i}`,
    physicalName: `D:\\Data\\Sales_${i}.ndf`,
    type: "data" as const,
    fileId: i + 1,
    sizeBytes: 8_388_608,
  }));
}

interface Sample {
  stored: string;
  objectSize: number;
  parts?: { offset: number; length: number; pos: number }[];
}

/** Real files of a folder with a MANIFEST.json of whole and sparse samples; none when there is no such folder. */
export function sampleOriginals(folder: string | null): FuzzFile[] {
  if (folder === null || !existsSync(join(folder, "MANIFEST.json"))) return [];
  const { samples }: { samples: Sample[] } = JSON.parse(readFileSync(join(folder, "MANIFEST.json"), "utf8"));
  return samples.map(({ stored, objectSize, parts }) => {
    const bytes = Uint8Array.from(readFileSync(join(folder, stored)));
    const kept = parts ?? [{ offset: 0, length: bytes.length, pos: 0 }];
    return {
      sizeBytes: objectSize,
      parts: kept.map(({ offset, length, pos }) => ({ offset, bytes: bytes.slice(pos, pos + length) })),
    };
  });
}
