import { alignUp, LOGICAL_BLOCK_BYTES } from "@/lib/backup/mtf-block";
import { encodeText, viewOf, writeGuid, writeMtfDate } from "@/lib/backup/mtf-values";
import { encodeConfiguration, packTexts } from "./encode-configuration";
import { RegionBuilder } from "./region-builder";
import type { ResolvedSet } from "./resolve-set";
import { encodeSetMap, type MappedSet, setAttributes } from "./set-map";
import { stableNumber } from "./stable-guid";

const SOFTWARE_VENDOR = 0x1200;

/** Which member of which media set the file is. */
export interface Media {
  blockSize: number;
  mediaSetGuid: string;
  family: { sequence: number; count: number };
  writtenAt: string | null;
  name: string | null;
  description: string | null;
  mirrorCount: number;
}

function mediaFamilyId({ mediaSetGuid, family }: Media): number {
  return stableNumber(`${mediaSetGuid}/${family.sequence}`);
}

/** The first block of the file (`TAPE`): block size, media set and stripe member. */
export function tapeRegion(media: Media): RegionBuilder {
  const region = new RegionBuilder(media.blockSize);
  const software = encodeText("Microsoft SQL Server\0\0");
  const texts = [
    { reference: 0x44, bytes: encodeText(media.name) },
    { reference: 0x48, bytes: encodeText(media.description) },
    { reference: 0x50, bytes: software },
  ];
  const textBytes = texts.reduce((sum, { bytes }) => sum + bytes.length, 0);
  region.block({
    id: "TAPE",
    attributes: 0x3_0000,
    headBytes: alignUp(0x5e + textBytes, 4),
    fields(view, bytes) {
      view.setUint32(0x34, mediaFamilyId(media), true);
      view.setUint32(0x38, 5, true);
      view.setUint16(0x3c, 1, true);
      view.setUint16(0x40, media.blockSize / 512, true);
      view.setUint16(0x42, 3, true);
      view.setUint16(0x54, LOGICAL_BLOCK_BYTES, true);
      view.setUint16(0x56, SOFTWARE_VENDOR, true);
      writeMtfDate(view, 0x58, media.writtenAt);
      view.setUint8(0x5d, 1);
      packTexts(bytes, 0x5e, texts);
    },
  });
  const raid = new Uint8Array(32);
  const view = viewOf(raid);
  writeGuid(view, 0, media.mediaSetGuid);
  view.setUint16(0x10, 0xad, true);
  view.setUint16(0x12, 0xf000, true);
  view.setUint16(0x14, media.family.count, true);
  view.setUint16(0x16, media.mirrorCount, true);
  view.setUint16(0x18, media.family.sequence, true);
  view.setUint16(0x1e, 1, true);
  region.stream("RAID", 0, raid);
  region.endBlock(Math.max(LOGICAL_BLOCK_BYTES, media.blockSize));
  return region;
}

/** One data set that starts at byte `position` of the file: who wrote it, the data, and the configuration twice. */
export function setRegion(set: ResolvedSet, media: Media, position: number): RegionBuilder {
  const region = new RegionBuilder(media.blockSize);
  let control = 0;
  startOfSet(region, set, position);
  volume(region, set, ++control);
  configuration(region, set, "MSCI", ++control);
  if (set.type === "log") {
    logBlock(region, set, ++control, set.payloadBytes);
  } else {
    dataBlock(region, set, ++control, set.payloadBytes);
    // Since product 15 a second pass copies what changed during the first.
    if (set.major >= 15) dataBlock(region, set, ++control, 0);
    logBlock(region, set, ++control, 0);
  }
  logBlock(region, set, ++control, 0);
  configuration(region, set, "MSLS", ++control, Math.max(LOGICAL_BLOCK_BYTES, media.blockSize));
  return region;
}

function startOfSet(region: RegionBuilder, set: ResolvedSet, position: number): void {
  const texts = [
    { reference: 0x40, bytes: encodeText(set.backupName) },
    { reference: 0x44, bytes: encodeText(set.backupDescription) },
    { reference: 0x4c, bytes: encodeText(set.userName) },
  ];
  const textBytes = texts.reduce((sum, { bytes }) => sum + bytes.length, 0);
  region.block({
    id: "SSET",
    control: 0,
    osData: { size: 0x15, offset: 0x64 },
    headBytes: alignUp(0x7a + textBytes, 4),
    fields(view, bytes) {
      view.setUint32(0x34, setAttributes(set), true);
      view.setUint16(0x3c, set.softwareVendorId ?? SOFTWARE_VENDOR, true);
      view.setUint16(0x3e, set.position, true);
      view.setBigUint64(0x50, BigInt(position), true);
      writeMtfDate(view, 0x58, set.startedAt);
      view.setUint8(0x5d, set.major);
      view.setUint8(0x5e, set.minor);
      view.setInt8(0x5f, set.timeZoneQuarterHours ?? 127);
      view.setUint8(0x61, 2);
      if (set.backupSetGuid !== null) writeGuid(view, 0x64, set.backupSetGuid);
      writeMtfDate(view, 0x74, set.expiresAt);
      packTexts(bytes, 0x7a, texts);
    },
  });
  region.endBlock();
}

function volume(region: RegionBuilder, set: ResolvedSet, control: number): void {
  const device = encodeText("C:");
  const machine = encodeText(set.machineName);
  region.block({
    id: "VOLB",
    control,
    headBytes: alignUp(0x49 + device.length + machine.length, 4),
    fields(view, bytes) {
      view.setUint32(0x34, 2, true);
      writeMtfDate(view, 0x44, set.startedAt);
      packTexts(bytes, 0x49, [
        { reference: 0x38, bytes: device },
        { reference: 0x40, bytes: machine },
      ]);
    },
  });
  region.endBlock();
}

function configuration(
  region: RegionBuilder,
  set: ResolvedSet,
  id: "MSCI" | "MSLS",
  control: number,
  unit = LOGICAL_BLOCK_BYTES,
): void {
  region.block({ id, control, headBytes: 0x38, fields: () => undefined });
  region.stream("MQCI", 0, encodeConfiguration(set, id === "MSCI" ? "opening" : "closing"));
  region.endBlock(unit);
}

/** Data pages. The stream is of variable length, so an empty last piece closes it. */
function dataBlock(region: RegionBuilder, set: ResolvedSet, control: number, payload: number): void {
  region.block({
    id: "MSDA",
    control,
    headBytes: 0x3c,
    unicode: false,
    fields: (view) => view.setUint16(0x3a, 1, true),
  });
  region.alignedStream("MQDA", set.hasChecksums ? 0x102 : 0x2, payload);
  if (set.hasChecksums) region.stream("CSUM", 0, new Uint8Array(4));
  region.stream("MQDA", 0x6, new Uint8Array(0));
  region.endBlock();
}

/** One virtual log file; many hold nothing. */
function logBlock(region: RegionBuilder, set: ResolvedSet, control: number, payload: number): void {
  region.block({
    id: "MSTL",
    control,
    headBytes: 0x254,
    unicode: false,
    fields(view) {
      view.setUint16(0x3a, 1, true);
      view.setUint16(0x4c, 2, true);
      view.setUint16(0x50, 0x1f8, true);
      view.setUint16(0x52, 0x5c, true);
      view.setUint32(0x5c, Number(set.firstLsn / 1_000_000_000_000_000n), true);
    },
  });
  if (payload > 0) {
    region.alignedStream("MQTL", set.hasChecksums ? 0x100 : 0, payload);
    if (set.hasChecksums) region.stream("CSUM", 0, new Uint8Array(4));
  }
  region.endBlock();
}

/** What follows a set: two end blocks that start at `position`, the first with the map of all sets so far. */
export function endRegion(media: Media, position: number, mapped: readonly MappedSet[]): RegionBuilder {
  const region = new RegionBuilder(media.blockSize);
  const unit = Math.max(LOGICAL_BLOCK_BYTES, media.blockSize);
  const last = mapped.at(-1);
  if (last === undefined) return region;
  const endOfSet = (firstAt: number): void =>
    region.block({
      id: "ESET",
      headBytes: 0x58,
      unicode: false,
      fields(view) {
        view.setUint32(0x34, setAttributes(last.set), true);
        view.setBigUint64(0x3c, BigInt(firstAt), true);
        view.setUint16(0x4e, last.set.position, true);
        writeMtfDate(view, 0x50, last.set.finishedAt ?? last.set.startedAt);
      },
    });
  endOfSet(0);
  // Padding up to the unit, of which the stream's own header takes 22 bytes.
  region.stream("OTCP", 0, new Uint8Array(unit - 0x58 - 22));
  region.stream("TSMP", 0, encodeSetMap(mediaFamilyId(media), mapped));
  region.endBlock(unit);
  endOfSet(position);
  region.endBlock(unit);
  return region;
}
