import type { BackupReading } from "@/lib/backup/header";
import { readBackup } from "@/lib/backup/read-backup";
import { storedHeader } from "@/lib/backup/stored-header";
import type { UploadListView } from "@/lib/contracts/browser-upload";
import { type DropJudgement, judgeDrop } from "@/lib/migration/judge-drop";
import { fingerprintOf } from "./checksum-slice";

/** What was read of a file before anything is sent: a few kilobytes of its head and tail. */
export interface DroppedFile {
  fingerprint: string;
  reading: BackupReading;
  /** Whose word the reading is: the file's own bytes, or the source's history where they cannot be read here. */
  by: "bytes" | "history";
}

/** Rejects when the file can't be read: moved, locked, changed since it was chosen. */
export async function readDrop(file: File): Promise<DroppedFile> {
  const source = {
    sizeBytes: file.size,
    read: async (offset: number, length: number) =>
      new Uint8Array(await file.slice(offset, offset + length).arrayBuffer()),
  };
  return { fingerprint: await fingerprintOf(file), reading: await readBackup(source), by: "bytes" };
}

/** Judges a dropped file against the chain as the server sees it and against files that are being sent. */
export function judge(
  dropped: DroppedFile,
  name: string,
  chain: UploadListView,
  beside: readonly { name: string; judgement: DropJudgement }[],
): DropJudgement {
  const waiting = chain.waiting.flatMap(({ name: known, header }) => {
    const set = storedHeader(header);
    return set ? [{ name: `/waiting/${known}`, set }] : [];
  });
  const sending = beside.flatMap(({ name: other, judgement }) =>
    judgement.verdict === "continues" ? [{ name: `/sending/${other}`, set: judgement.set }] : [],
  );
  const { target } = chain;
  return judgeDrop({
    reading: dropped.reading,
    name,
    target: target && {
      ...target,
      lsn: BigInt(target.lsn),
      differentialBaseLsn: target.differentialBaseLsn === null ? null : BigInt(target.differentialBaseLsn),
    },
    database: chain.database,
    known: chain.known,
    others: [...waiting, ...sending],
  });
}
