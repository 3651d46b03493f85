import { viewOf } from "@/lib/backup/mtf-values";

const MAGIC = 0xfd2f_b528;
const SINGLE_SEGMENT_WITH_4_BYTE_SIZE = 0b1010_0000;
const LAST_RAW_BLOCK = 1;
const LAST_RUN_LENGTH_BLOCK = 3;

/**
 * One Zstandard frame (RFC 8878) that unpacks to `data`, at most 64 KiB: stored as it is, or as one run where it is one
 * byte over and over. Enough for a file that readers must unpack; nothing here wants it small.
 */
export function encodeZstd(data: Uint8Array): Uint8Array {
  const isRun = data.every((byte) => byte === data[0]);
  const body = isRun ? data.subarray(0, 1) : data;
  const frame = new Uint8Array(12 + body.length);
  const view = viewOf(frame);
  view.setUint32(0, MAGIC, true);
  view.setUint8(4, SINGLE_SEGMENT_WITH_4_BYTE_SIZE);
  view.setUint32(5, data.length, true);
  const header = (data.length << 3) | (isRun ? LAST_RUN_LENGTH_BLOCK : LAST_RAW_BLOCK);
  view.setUint16(9, header & 0xffff, true);
  view.setUint8(11, header >>> 16);
  frame.set(body, 12);
  return frame;
}
