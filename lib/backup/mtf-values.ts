import { type Lsn, lsnOf } from "./lsn";

/**
 * The value encodings of a backup file: all integers little-endian except the date. Readers expect the caller to have
 * checked that the fixed-size field lies inside the buffer; text references are checked here.
 * Source: Microsoft Tape Format 1.00a, and the LSN and GUID layouts of SQL Server's own records.
 */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** 10 bytes: VLF (u32), block (u32), slot (u16). */
export function readLsn(view: DataView, at: number): Lsn {
  return lsnOf(view.getUint32(at, true), view.getUint32(at + 4, true), view.getUint16(at + 8, true));
}

/** Throws RangeError for an LSN whose parts do not fit: such a number never comes from SQL Server. */
export function writeLsn(view: DataView, at: number, lsn: Lsn): void {
  const slot = lsn % 100_000n;
  const block = (lsn / 100_000n) % 10_000_000_000n;
  const vlf = lsn / 1_000_000_000_000_000n;
  if (lsn < 0n || slot > 0xffffn || block > 0xffffffffn || vlf > 0xffffffffn) {
    throw new RangeError(`LSN ${lsn} cannot be stored: block or slot is out of range`);
  }
  view.setUint32(at, Number(vlf), true);
  view.setUint32(at + 4, Number(block), true);
  view.setUint16(at + 8, Number(slot), true);
}

/** The position of each byte of a Microsoft GUID in its text form (first three groups little-endian). */
const GUID_ORDER = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0").toUpperCase());

/** `XXXXXXXX-XXXX-XXXX-XXXX-XXXXXXXXXXXX`, upper case. */
export function readGuid(view: DataView, at: number): string {
  let hex = "";
  for (const i of GUID_ORDER) hex += HEX[view.getUint8(at + i)] ?? "";
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Throws RangeError when the text is not a GUID. */
export function writeGuid(view: DataView, at: number, guid: string): void {
  const hex = guid.replaceAll("-", "");
  if (!/^[0-9a-fA-F]{32}$/.test(hex)) throw new RangeError(`Not a GUID: ${JSON.stringify(guid)}`);
  GUID_ORDER.forEach((target, i) => {
    view.setUint8(at + target, Number.parseInt(hex.slice(i * 2, i * 2 + 2), 16));
  });
}

const pad2 = (value: number): string => String(value).padStart(2, "0");

/**
 * A 5-byte MTF date, a big-endian bit field: year 14, month 4, day 5, hour 5, minute 6, second 6. Null when it is not
 * set; `corrupt` when the bits are no date.
 */
export function readMtfDate(view: DataView, at: number): string | null | "corrupt" {
  const high = view.getUint32(at, false);
  const low = view.getUint8(at + 4);
  if (high === 0 && low === 0) return null;
  const year = high >>> 18;
  const month = (high >>> 14) & 15;
  const day = (high >>> 9) & 31;
  const hour = (high >>> 4) & 31;
  const minute = ((high & 15) << 2) | (low >>> 6);
  const second = low & 63;
  if (year < 1993 || year > 9999 || day < 1 || day > daysIn(year, month)) return "corrupt";
  if (hour > 23 || minute > 59 || second > 59) return "corrupt";
  return `${year}-${pad2(month)}-${pad2(day)}T${pad2(hour)}:${pad2(minute)}:${pad2(second)}`;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
}

/** Writes `yyyy-MM-ddTHH:mm:ss`; null is written as zeros. Throws RangeError on other text. */
export function writeMtfDate(view: DataView, at: number, time: string | null): void {
  const parts = time === null ? ["", "0", "0", "0", "0", "0", "0"] : DATE_PATTERN.exec(time);
  if (parts === null) throw new RangeError(`Not a wall clock time: ${JSON.stringify(time)}`);
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1, 7).map(Number);
  const high = ((year << 18) | (month << 14) | (day << 9) | (hour << 4) | (minute >>> 2)) >>> 0;
  view.setUint32(at, high, false);
  view.setUint8(at + 4, ((minute & 3) << 6) | second);
}
const DATE_PATTERN = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})/;

/**
 * Follows a text reference (u16 byte length, u16 offset from `structure`) to its text: UTF-16LE, or one byte a
 * character where the block's header says so (`ansi`). Null when it is empty or outside `structure … end`.
 */
export function readText(
  view: DataView,
  reference: number,
  structure: number,
  end: number,
  ansi = false,
): string | null {
  const width = ansi ? 1 : 2;
  const length = view.getUint16(reference, true);
  const from = structure + view.getUint16(reference + 2, true);
  if (length % width !== 0 || from + length > end) return null;
  let text = "";
  for (let at = from; at < from + length; at += width) {
    const code = width === 1 ? view.getUint8(at) : view.getUint16(at, true);
    // Texts are not terminated, but some writers end them anyway.
    if (code === 0) break;
    text += String.fromCharCode(code);
  }
  return text === "" ? null : text;
}

/** UTF-16LE bytes; null is the empty text. */
export function encodeText(text: string | null): Uint8Array {
  const value = text ?? "";
  const bytes = new Uint8Array(value.length * 2);
  const view = viewOf(bytes);
  for (let i = 0; i < value.length; i += 1) view.setUint16(i * 2, value.charCodeAt(i), true);
  return bytes;
}
