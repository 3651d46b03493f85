import { endRegion, type Media, setRegion, tapeRegion } from "./backup-regions";
import type { BackupFileSpec } from "./backup-spec";
import {
  type RegionBuilder,
  type Segment,
  segmentBytes,
  segmentLength,
  softFilemark,
} from "./region-builder";
import { resolveSets } from "./resolve-set";
import type { MappedSet } from "./set-map";
import { containerHeader, containerKind, packRegion } from "./write-container";

const BLOCK_SIZES = [512, 1024, 2048, 4096, 8192, 16384, 32768, 65536];
const CHUNK_BYTES = 1_048_576;

/**
 * The bytes of a backup file, in pieces of at most 1 MiB which the caller must not change. Structurally a real file
 * (Microsoft Tape Format with SQL Server's blocks, `compressed` in the `MSSQLBAK` container of its version), except that data and log
 * hold filler instead of pages. Same spec, same bytes. Throws RangeError when a value of the spec does not fit the
 * format.
 */
export function* backupBytes(spec: BackupFileSpec): Generator<Uint8Array> {
  for (const segment of planFile(spec)) {
    if (segment instanceof Uint8Array) {
      for (let at = 0; at < segment.length; at += CHUNK_BYTES) yield segment.subarray(at, at + CHUNK_BYTES);
    } else if ("filler" in segment) {
      const bytes = filler();
      for (let left = segment.filler; left > 0; left -= CHUNK_BYTES) yield bytes.subarray(0, left);
    } else {
      for (let i = 0; i < segment.times; i += 1) yield segment.repeat;
    }
  }
}

/** How many bytes `backupBytes` will yield. */
export function backupFileSize(spec: BackupFileSpec): number {
  return segmentBytes(planFile(spec));
}

function planFile(spec: BackupFileSpec): Segment[] {
  const sets = resolveSets(spec);
  const first = sets[0];
  const blockSize = spec.blockSize ?? 4096;
  if (!BLOCK_SIZES.includes(blockSize)) throw new RangeError(`Not a block size: ${blockSize}`);
  const media: Media = {
    blockSize,
    mediaSetGuid: first?.mediaSetGuid ?? "",
    family: first?.family ?? { sequence: 1, count: 1 },
    writtenAt: first?.startedAt ?? null,
    name: first?.mediaName ?? null,
    description: first?.mediaDescription ?? null,
    mirrorCount: first?.mirrorCount ?? 1,
  };
  const { compressed = false, encrypted = false, algorithm = "xpress", newContainer: isNew = false } = spec;
  const { softwareVersion } = first ?? {};
  const kind = containerKind({ softwareVersion, compressed, encrypted, algorithm, isNew });
  const chunked = compressed || encrypted;
  const pack = (region: RegionBuilder, at: number, indexed: boolean): Segment[] =>
    chunked
      ? packRegion(region.segments, at, { blockSize, indexed, kind, noise: filler() })
      : region.segments;
  const file = new FilePlan(blockSize);
  if (chunked) file.append([containerHeader(kind)]);
  file.append(pack(tapeRegion(media), file.position, false));
  file.filemark(false);
  const mapped: MappedSet[] = [];
  for (const set of sets) {
    const position = file.position;
    // The closing record tells the set's own size, which hardly depends on what it says.
    const draft = setRegion(set, media, position);
    const sized = {
      ...set,
      backupSizeBytes: set.backupSizeBytes ?? draft.length,
      compressedSizeBytes: set.compressedSizeBytes ?? segmentBytes(pack(draft, position, true)),
    };
    file.append(pack(setRegion(sized, media, position), position, true));
    file.filemark(chunked);
    mapped.push({ set: sized, position, sizeBytes: sized.backupSizeBytes });
    file.append(pack(endRegion(media, file.position, mapped), file.position, false));
    file.filemark(false);
  }
  return file.segments;
}

/** The pieces of the file so far, and where its filemarks are. */
class FilePlan {
  readonly segments: Segment[] = [];
  position = 0;
  private readonly marks: number[] = [];

  constructor(private readonly blockSize: number) {}

  append(parts: readonly Segment[]): void {
    for (const part of parts) {
      this.segments.push(part);
      this.position += segmentLength(part);
    }
  }

  filemark(afterIndex: boolean): void {
    const at = this.position;
    this.append([softFilemark(this.blockSize, this.marks, afterIndex)]);
    this.marks.push(at);
  }
}

let fillerChunk: Uint8Array | null = null;

/** 1 MiB that looks like nothing in particular, the same every time. */
function filler(): Uint8Array {
  fillerChunk ??= makeFiller();
  return fillerChunk;
}

function makeFiller(): Uint8Array {
  const bytes = new Uint8Array(CHUNK_BYTES);
  let state = 0x2545f491;
  for (let i = 0; i < bytes.length; i += 1) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes[i] = state;
  }
  return bytes;
}
