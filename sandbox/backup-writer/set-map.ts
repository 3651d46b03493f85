import { writeId } from "@/lib/backup/mtf-block";
import { encodeText, viewOf, writeMtfDate } from "@/lib/backup/mtf-values";
import { packTexts } from "./encode-configuration";
import type { ResolvedSet } from "./resolve-set";

/** A data set that is already on the tape: what the set map at the end of each later set tells of it. */
export interface MappedSet {
  set: ResolvedSet;
  position: number;
  sizeBytes: number;
}

/** What the start, the end and the map say of a set's kind: only differentials are told apart. */
export function setAttributes(set: ResolvedSet): number {
  return set.type === "differential" ? 8 : 4;
}

/** The data of a `TSMP` stream: all sets of the media up to now. */
export function encodeSetMap(mediaFamilyId: number, mapped: readonly MappedSet[]): Uint8Array {
  const entries = mapped.flatMap((entry) => [setMapEntry(entry), setMapVolume(entry.set)]);
  const bytes = new Uint8Array(entries.reduce((sum, entry) => sum + entry.length, 8));
  const view = viewOf(bytes);
  view.setUint32(0, mediaFamilyId, true);
  view.setUint16(4, mapped.length, true);
  let at = 8;
  for (const entry of entries) {
    bytes.set(entry, at);
    at += entry.length;
  }
  return bytes;
}

function setMapEntry({ set, position, sizeBytes }: MappedSet): Uint8Array {
  const texts = [
    { reference: 0x40, bytes: encodeText(set.backupName) },
    { reference: 0x44, bytes: encodeText(set.backupDescription) },
    { reference: 0x4c, bytes: encodeText(set.userName) },
  ];
  const bytes = new Uint8Array(texts.reduce((sum, text) => sum + text.bytes.length, 0x5c));
  const view = viewOf(bytes);
  view.setUint16(0, bytes.length, true);
  view.setUint16(2, 1, true);
  view.setUint32(8, setAttributes(set), true);
  view.setBigUint64(0x0c, BigInt(position), true);
  view.setUint16(0x1e, set.position, true);
  view.setBigUint64(0x34, BigInt(sizeBytes), true);
  view.setUint16(0x3c, 1, true);
  writeMtfDate(view, 0x50, set.startedAt);
  view.setInt8(0x55, set.timeZoneQuarterHours ?? 127);
  view.setUint16(0x56, 0x010e, true);
  view.setUint16(0x58, 2, true);
  view.setUint16(0x5a, 2, true);
  packTexts(bytes, 0x5c, texts);
  return bytes;
}

function setMapVolume(set: ResolvedSet): Uint8Array {
  const device = encodeText("C:");
  const machine = encodeText(set.machineName);
  const bytes = new Uint8Array(0x3e + device.length + machine.length);
  const view = viewOf(bytes);
  view.setUint16(0, bytes.length, true);
  writeId(view, 2, "VOLB");
  view.setUint16(6, 1, true);
  view.setUint32(0x0c, 1, true);
  view.setUint16(0x20, 0x010e, true);
  view.setUint16(0x22, 2, true);
  view.setUint16(0x24, 2, true);
  writeMtfDate(view, 0x38, set.startedAt);
  packTexts(bytes, 0x3e, [
    { reference: 0x28, bytes: device },
    { reference: 0x30, bytes: machine },
  ]);
  return bytes;
}
