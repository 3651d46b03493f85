import { convertValue } from "../tsql/convert-value";
import {
  bigint,
  bit,
  datetime,
  float,
  int,
  numeric,
  nvarchar,
  type SqlType,
  type SqlValue,
  smallint,
  tinyint,
  uniqueidentifier,
  varbinary,
  varchar,
} from "../tsql/sql-type";
import type { ByteReader } from "./byte-reader";
import { decodeCodePage } from "./code-page";

export interface TypedValue {
  type: SqlType;
  value: SqlValue;
}

const DAY_MS = 86_400_000;
const EPOCH_1900 = Date.UTC(1900, 0, 1);
const DAYS_TO_1970 = 719_162;
const timed = (name: "time" | "datetime2" | "datetimeoffset", scale: number): SqlType => ({
  name,
  length: 0,
  precision: 0,
  scale,
});

/** TYPE_INFO and value of an RPC parameter (MS-TDS 2.2.5.4–2.2.5.6). Throws on a type the sandbox does not take. */
export function readTypedValue(reader: ByteReader): TypedValue {
  const code = reader.u8();
  switch (code) {
    case 0x1f:
      return { type: nvarchar(1), value: null };
    case 0x26: {
      const size = reader.u8();
      const type = size === 8 ? bigint : size === 4 ? int : size === 2 ? smallint : tinyint;
      return { type, value: sized(reader, (bytes) => integer(bytes, type)) };
    }
    case 0x30:
      return { type: tinyint, value: reader.u8() };
    case 0x34:
      return { type: smallint, value: integer(reader.slice(2), smallint) };
    case 0x38:
      return { type: int, value: integer(reader.slice(4), int) };
    case 0x7f:
      return { type: bigint, value: integer(reader.slice(8), bigint) };
    case 0x32:
      return { type: bit, value: reader.u8() };
    case 0x68:
      reader.u8();
      return { type: bit, value: sized(reader, (bytes) => bytes.readUInt8(0)) };
    case 0x6d:
      reader.u8();
      return {
        type: float,
        value: sized(reader, (b) => (b.length === 4 ? b.readFloatLE(0) : b.readDoubleLE(0))),
      };
    case 0x6e:
      reader.u8();
      return { type: numeric(19, 4), value: sized(reader, money) };
    case 0x6f:
      reader.u8();
      return { type: datetime, value: sized(reader, oldDate) };
    case 0x6a:
    case 0x6c: {
      reader.u8();
      const type = numeric(reader.u8(), reader.u8());
      return { type, value: sized(reader, decimal) };
    }
    case 0x24:
      reader.u8();
      return {
        type: uniqueidentifier,
        value: sized(reader, (bytes) =>
          convertValue(Uint8Array.from(bytes), varbinary(16), uniqueidentifier),
        ),
      };
    case 0x28:
      return { type: { ...datetime, name: "date" }, value: sized(reader, (bytes) => dateOf(bytes)) };
    case 0x29:
    case 0x2a:
    case 0x2b:
      return readTimed(reader, code);
    case 0xe7:
    case 0xef:
    case 0xa7:
    case 0xaf:
    case 0xa5:
    case 0xad:
      return readVariable(reader, code);
    default:
      throw new Error(`A parameter has the TDS type 0x${code.toString(16)}.`);
  }
}

function sized(reader: ByteReader, decode: (bytes: Buffer) => SqlValue): SqlValue {
  const length = reader.u8();
  return length === 0 ? null : decode(reader.slice(length));
}

function integer(bytes: Buffer, type: SqlType): SqlValue {
  if (bytes.length === 8) return bytes.readBigInt64LE(0);
  if (bytes.length === 1) return bytes.readUInt8(0);
  const value = bytes.readIntLE(0, bytes.length);
  return type.name === "bigint" ? BigInt(value) : value;
}

function magnitude(bytes: Buffer): bigint {
  return bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}

function decimal(bytes: Buffer): bigint {
  const value = magnitude(bytes.subarray(1));
  return bytes.readUInt8(0) === 0 ? -value : value;
}

function money(bytes: Buffer): bigint {
  if (bytes.length === 4) return BigInt(bytes.readInt32LE(0));
  return (BigInt(bytes.readInt32LE(0)) << 32n) | BigInt(bytes.readUInt32LE(4));
}

function oldDate(bytes: Buffer): number {
  if (bytes.length === 4) {
    return EPOCH_1900 + bytes.readUInt16LE(0) * DAY_MS + bytes.readUInt16LE(2) * 60_000;
  }
  return EPOCH_1900 + bytes.readInt32LE(0) * DAY_MS + Math.round(bytes.readUInt32LE(4) / 0.3);
}

function dateOf(bytes: Buffer): number {
  return (Number(magnitude(bytes)) - DAYS_TO_1970) * DAY_MS;
}

function readTimed(reader: ByteReader, code: number): TypedValue {
  const scale = reader.u8();
  const name = code === 0x29 ? "time" : code === 0x2a ? "datetime2" : "datetimeoffset";
  const width = scale <= 2 ? 3 : scale <= 4 ? 4 : 5;
  const value = sized(reader, (bytes) => {
    const time = Number(magnitude(bytes.subarray(0, width))) / 10 ** (scale - 3);
    if (name === "time") return time;
    const ms = dateOf(bytes.subarray(width, width + 3)) + time;
    return name === "datetime2" ? ms : { ms, offsetMinutes: bytes.readInt16LE(width + 3) };
  });
  return { type: timed(name, scale), value };
}

function readVariable(reader: ByteReader, code: number): TypedValue {
  const max = reader.u16();
  const text = code !== 0xa5 && code !== 0xad;
  const wide = code === 0xe7 || code === 0xef;
  if (text) reader.slice(5);
  const bytes = max === 0xffff ? readChunks(reader) : readShort(reader);
  const length = max === 0xffff ? -1 : wide ? Math.max(1, max / 2) : Math.max(1, max);
  const type = !text ? varbinary(length) : wide ? nvarchar(length) : varchar(length);
  if (bytes === null) return { type, value: null };
  if (!text) return { type, value: Uint8Array.from(bytes) };
  return { type, value: wide ? bytes.toString("utf16le") : decodeCodePage(bytes) };
}

function readShort(reader: ByteReader): Buffer | null {
  const length = reader.u16();
  return length === 0xffff ? null : reader.slice(length);
}

/** The (max) types come in chunks (PLP), with a total that may be unknown. */
function readChunks(reader: ByteReader): Buffer | null {
  if (reader.u64() === 0xffffffffffffffffn) return null;
  const chunks: Buffer[] = [];
  for (;;) {
    const length = reader.u32();
    if (length === 0) return Buffer.concat(chunks);
    chunks.push(reader.slice(length));
  }
}
