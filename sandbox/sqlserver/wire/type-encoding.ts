import { convertValue, guidBytes } from "../tsql/convert-value";
import { isDateTimeOffset, isVariant, nvarcharMax, type SqlType, type SqlValue } from "../tsql/sql-type";
import { ByteWriter } from "./byte-writer";
import { encodeCodePage } from "./code-page";

/** SQL_Latin1_General_CP1_CI_AS on the wire. */
export const COLLATION = Uint8Array.from([0x09, 0x04, 0xd0, 0x00, 0x34]);

const DAY_MS = 86_400_000;
const EPOCH_1900 = Date.UTC(1900, 0, 1);
/** Days from 0001-01-01 to 1970-01-01. */
const DAYS_TO_1970 = 719_162;

const FIXED: Record<string, [number, number]> = {
  tinyint: [0x26, 1],
  smallint: [0x26, 2],
  int: [0x26, 4],
  bigint: [0x26, 8],
  null: [0x26, 4],
  bit: [0x68, 1],
  real: [0x6d, 4],
  float: [0x6d, 8],
  money: [0x6e, 8],
  datetime: [0x6f, 8],
  smalldatetime: [0x6f, 4],
  uniqueidentifier: [0x24, 16],
};

/** TYPE_INFO of a column or return value (MS-TDS 2.2.5.6): the nullable forms throughout. */
export function writeTypeInfo(writer: ByteWriter, type: SqlType): void {
  const fixed = FIXED[type.name];
  if (fixed !== undefined) {
    writer.u8(fixed[0]).u8(fixed[1]);
    return;
  }
  switch (type.name) {
    case "numeric":
      writer.u8(0x6c).u8(numericBytes(type.precision)).u8(type.precision).u8(type.scale);
      return;
    case "date":
      writer.u8(0x28);
      return;
    case "time":
    case "datetime2":
    case "datetimeoffset":
      writer.u8(type.name === "time" ? 0x29 : type.name === "datetime2" ? 0x2a : 0x2b).u8(type.scale);
      return;
    case "sql_variant":
      writer.u8(0x62).u32(8009);
      return;
    case "varbinary":
    case "binary":
      writer.u8(type.name === "binary" ? 0xad : 0xa5).u16(isMax(type) ? 0xffff : Math.max(1, type.length));
      return;
    default: {
      const wide = type.name.startsWith("n");
      const fixedLength = type.name === "char" || type.name === "nchar";
      const bytes = Math.max(1, type.length) * (wide ? 2 : 1);
      writer.u8(wide ? (fixedLength ? 0xef : 0xe7) : fixedLength ? 0xaf : 0xa7);
      writer.u16(isMax(type) ? 0xffff : bytes).bytes(COLLATION);
    }
  }
}

function isMax(type: SqlType): boolean {
  return type.length < 0 || type.length > (type.name.startsWith("n") ? 4000 : 8000);
}

function numericBytes(precision: number): number {
  return precision <= 9 ? 5 : precision <= 19 ? 9 : precision <= 28 ? 13 : 17;
}

/** A value in the form its TYPE_INFO announced. */
export function writeValue(writer: ByteWriter, type: SqlType, value: SqlValue): void {
  const longText = type.name.endsWith("char") || type.name.endsWith("binary");
  if (value === null) {
    if (longText && isMax(type)) writer.u64(0xffffffffffffffffn);
    else if (longText) writer.u16(0xffff);
    else if (type.name === "sql_variant") writer.u32(0);
    else writer.u8(0);
    return;
  }
  if (type.name === "sql_variant") {
    writeVariant(writer, value);
    return;
  }
  const body = new ByteWriter();
  writeBody(body, type, value);
  const bytes = body.take();
  if (!longText) {
    writer.u8(bytes.length).bytes(bytes);
  } else if (isMax(type)) {
    writer.u64(BigInt(bytes.length));
    if (bytes.length > 0) writer.u32(bytes.length).bytes(bytes);
    writer.u32(0);
  } else {
    writer.u16(bytes.length).bytes(bytes);
  }
}

function writeBody(writer: ByteWriter, type: SqlType, value: SqlValue): void {
  const number = typeof value === "number" ? value : typeof value === "bigint" ? Number(value) : 0;
  const whole = typeof value === "bigint" ? value : BigInt(Math.trunc(number));
  switch (type.name) {
    case "bit":
    case "tinyint":
      writer.u8(number);
      return;
    case "smallint":
      writer.i16(number);
      return;
    case "int":
    case "null":
      writer.i32(number);
      return;
    case "bigint":
      writer.i64(whole);
      return;
    case "real":
      writer.f32(number);
      return;
    case "float":
      writer.f64(number);
      return;
    case "money":
      writer.i32(Number(BigInt.asIntN(32, whole >> 32n))).u32(Number(BigInt.asUintN(32, whole)));
      return;
    case "numeric":
      writer.u8(whole < 0n ? 0 : 1).unsigned(whole < 0n ? -whole : whole, numericBytes(type.precision) - 1);
      return;
    case "uniqueidentifier":
      writer.bytes(guidBytes(typeof value === "string" ? value : ""));
      return;
    case "datetime": {
      const ms = number - EPOCH_1900;
      const days = Math.floor(ms / DAY_MS);
      writer.i32(days).u32(Math.round((ms - days * DAY_MS) * 0.3));
      return;
    }
    case "smalldatetime": {
      const minutes = Math.round((number - EPOCH_1900) / 60_000);
      writer.u16(Math.floor(minutes / 1440)).u16(minutes % 1440);
      return;
    }
    case "date":
      writeDate(writer, number);
      return;
    case "time":
      writeTime(writer, number, type.scale);
      return;
    case "datetime2":
      writeTime(writer, number, type.scale);
      writeDate(writer, number);
      return;
    case "datetimeoffset": {
      const moment = isDateTimeOffset(value) ? value : { ms: number, offsetMinutes: 0 };
      writeTime(writer, moment.ms, type.scale);
      writeDate(writer, moment.ms);
      writer.i16(moment.offsetMinutes);
      return;
    }
    case "varbinary":
    case "binary":
      if (value instanceof Uint8Array) writer.bytes(value);
      return;
    default: {
      const text = typeof value === "string" ? value : "";
      if (type.name.startsWith("n")) writer.ucs2(text);
      else writer.bytes(encodeCodePage(text));
    }
  }
}

function writeDate(writer: ByteWriter, ms: number): void {
  writer.unsigned(BigInt(Math.floor(ms / DAY_MS) + DAYS_TO_1970), 3);
}

function writeTime(writer: ByteWriter, ms: number, scale: number): void {
  const inDay = ms - Math.floor(ms / DAY_MS) * DAY_MS;
  const units = BigInt(Math.floor(inDay * 10_000)) / 10n ** BigInt(7 - scale);
  writer.unsigned(units, scale <= 2 ? 3 : scale <= 4 ? 4 : 5);
}

/** sql_variant carries its own type: strings as nvarchar, numbers as they are. */
function writeVariant(writer: ByteWriter, value: SqlValue): void {
  const inner = isVariant(value) ? value.value : value;
  const type = isVariant(value) ? value.variantType : nvarcharMax;
  const body = new ByteWriter();
  switch (type.name) {
    case "int":
    case "bigint":
    case "bit":
    case "smallint":
    case "tinyint": {
      const code = { int: 0x38, bigint: 0x7f, bit: 0x32, smallint: 0x34, tinyint: 0x30 }[type.name];
      body.u8(code).u8(0);
      writeBody(body, type, inner);
      break;
    }
    case "datetime":
      body.u8(0x3d).u8(0);
      writeBody(body, type, inner);
      break;
    default: {
      const text = convertValue(inner, type, nvarcharMax);
      body
        .u8(0xe7)
        .u8(7)
        .bytes(COLLATION)
        .u16(8000)
        .ucs2(typeof text === "string" ? text.slice(0, 4000) : "");
    }
  }
  writer.u32(body.length).bytes(body.take());
}
