import { createHmac, timingSafeEqual } from "node:crypto";
import type { ServerResponse } from "node:http";
import { crc32 } from "node:zlib";
import type { BackupFileSpec } from "@/sandbox/backup-writer/backup-spec";
import { backupBytes, backupFileSize } from "@/sandbox/backup-writer/write-backup";
import { writeContents } from "@/sandbox/sqlserver/model/contents";
import { profileOf } from "@/sandbox/sqlserver/model/database-profiles";
import { formatInstant, type RdsContext } from "./rds-context";
import type { BackupRecord, HeldDatabase, InstanceRecord } from "./records";

/** Where downloads lie. A link is a secret: who has it needs no other. */
export const DOWNLOADS = "/custins/";
const LINK_SECONDS = 2 * 3600;
/** Log that RDS's own jobs write after the opening. */
const OPENING_LSN = 1_000_000n;
const MB = 1024 ** 2;

/**
 * What DescribeBackups says of downloads: links for physical sets, one for each database, all of which end; nothing for snapshots.
 * https://www.alibabacloud.com/help/en/rds/developer-reference/api-rds-2014-08-15-describebackups
 */
export function downloadLinks(context: RdsContext, backup: BackupRecord): object {
  const held = backup.held ?? [];
  if (backup.method !== "Physical" || held.length === 0) return {};
  const expires = Math.floor(context.now() / 1000) + LINK_SECONDS;
  const link = (name: string) => linkOf(context, { backupId: backup.backupId, name, expires });
  const BackupDownloadLinkByDB = held.map(({ name }) => ({
    DataBase: name,
    DownloadLink: link(name),
    IntranetDownloadLink: link(name),
  }));
  return { BackupDownloadLinkByDB: { BackupDownloadLinkByDB } };
}

interface Link {
  backupId: string;
  name: string;
  expires: number;
}

function linkOf(context: RdsContext, link: Link): string {
  const url = new URL(`${DOWNLOADS}hins_${link.backupId}.zip`, context.origin());
  url.searchParams.set("Expires", String(link.expires));
  url.searchParams.set("dbList", link.name);
  url.searchParams.set("Signature", signatureOf(context, link));
  return url.href;
}

function signatureOf({ accessKeySecret }: RdsContext, { backupId, name, expires }: Link): string {
  return createHmac("sha256", accessKeySecret).update(`${backupId}\n${name}\n${expires}`).digest("base64url");
}

/** Answers a download with an archive that holds the database's backup file; 403 where the link was changed or has ended. */
export function sendDownload(context: RdsContext, url: URL, response: ServerResponse): void {
  const link: Link = {
    backupId: /hins_(\d+)\.zip$/.exec(url.pathname)?.[1] ?? "",
    name: url.searchParams.get("dbList") ?? "",
    expires: Number(url.searchParams.get("Expires")),
  };
  const given = Buffer.from(url.searchParams.get("Signature") ?? "");
  const signed = Buffer.from(signatureOf(context, link));
  const isSigned = given.length === signed.length && timingSafeEqual(given, signed);
  const backup = context.records.backups.find(({ backupId }) => backupId === link.backupId);
  const held = backup?.held?.find(({ name }) => name === link.name);
  const instance = context.records.instances.find(({ instanceId }) => instanceId === backup?.instanceId);
  if (!isSigned || link.expires * 1000 < context.now() || !backup || !held || !instance) {
    response.writeHead(403, { "Content-Type": "application/xml" });
    response.end("<Error><Code>AccessDenied</Code><Message>Request has expired.</Message></Error>");
    return;
  }
  const spec = specOf(backup, held, instance);
  const stamp = formatInstant(backup.startedAtMs).replace(/\D/g, "").slice(0, 12);
  const name = Buffer.from(`${held.name}_datafull_${stamp}_${backup.backupId}.bak`);
  const size = backupFileSize(spec);
  let crc = 0;
  for (const piece of backupBytes(spec)) crc = crc32(piece, crc);
  const { local, end } = stored(name, size, crc);
  response.writeHead(200, {
    "Content-Type": "application/zip",
    "Content-Length": local.length + size + end.length,
  });
  response.write(local);
  for (const piece of backupBytes(spec)) response.write(piece);
  response.end(end);
}

const RELEASES: Readonly<Record<string, string>> = {
  "08r2": "10.50.6560",
  "2012": "11.0.7507",
  "2014": "12.0.6449",
  "2016": "13.0.7037",
  "2017": "14.0.3471",
  "2019": "15.0.4430",
  "2022": "16.0.4195",
  "2025": "17.0.1000",
};

function specOf(backup: BackupRecord, held: HeldDatabase, instance: InstanceRecord): BackupFileSpec {
  const { contents } = held;
  const [release = ""] = instance.engineVersion.split("_");
  const startedAt = formatInstant(backup.startedAtMs).slice(0, 19);
  const checkpointLsn = BigInt(held.redoLsn) + OPENING_LSN;
  return {
    sets: [
      {
        type: "full",
        databaseName: held.name,
        firstLsn: checkpointLsn - 1n,
        checkpointLsn,
        lastLsn: checkpointLsn + OPENING_LSN,
        payloadBytes: (contents && profileOf(contents.like)?.fullBytes) ?? 8 * MB,
        familyGuid: held.familyGuid,
        lastRecoveryForkGuid: held.forkGuid,
        softwareVersion: RELEASES[release] ?? "16.0.4195",
        databaseVersion: instance.databaseVersion,
        serverName: "RDSHOST",
        userName: "rdsbackup",
        hasChecksums: true,
        startedAt,
        finishedAt: formatInstant(backup.endedAtMs).slice(0, 19),
        mediaDescription: contents && writeContents(contents),
        files: held.dataFiles.map((file) => ({
          ...file,
          physicalName: `E:\\mssql\\${instance.instanceId}\\${file.logicalName}${file.type === "log" ? ".ldf" : ".mdf"}`,
        })),
      },
    ],
  };
}

/** An archive of one file that is not compressed, before and behind its bytes (PKWARE APPNOTE 4.3). */
function stored(name: Buffer, size: number, crc: number): { local: Buffer; end: Buffer } {
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt16LE(0x800, 2);
  common.writeUInt32LE(crc, 10);
  common.writeUInt32LE(size, 14);
  common.writeUInt32LE(size, 18);
  common.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([Buffer.from("PK\x03\x04"), common, name]);
  const listed = Buffer.concat([Buffer.from("PK\x01\x02\x14\x00"), common, Buffer.alloc(14), name]);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(1, 4);
  end.writeUInt16LE(1, 6);
  end.writeUInt32LE(listed.length, 8);
  end.writeUInt32LE(local.length + size, 12);
  return { local, end: Buffer.concat([listed, Buffer.from("PK\x05\x06"), end]) };
}
