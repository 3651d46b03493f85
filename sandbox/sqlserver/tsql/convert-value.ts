import { formatDatetime, parseDatetime } from "./format-datetime";
import { SqlError } from "./sql-error";
import {
  decimalShape,
  isBinary,
  isDateTimeOffset,
  isInteger,
  isString,
  isTemporal,
  isVariant,
  type SqlType,
  type SqlValue,
  typeName,
} from "./sql-type";

const RANGE: Record<string, [bigint, bigint]> = {
  bit: [0n, 1n],
  tinyint: [0n, 255n],
  smallint: [-32768n, 32767n],
  int: [-2147483648n, 2147483647n],
  bigint: [-(2n ** 63n), 2n ** 63n - 1n],
};

/**
 * Converts as CAST and CONVERT do; `style` counts for dates and binary. Throws 245, 241, 8114, 8115, 8169, 529, 281
 * with SQL Server's texts.
 */
export function convertValue(value: SqlValue, from: SqlType, to: SqlType, style?: number): SqlValue {
  if (value === null) return null;
  if (isVariant(value)) return convertValue(value.value, value.variantType, to, style);
  if (to.name === "sql_variant") return { variantType: from, value };
  if (isString(to)) return fitText(textOf(value, from, to, style), from, to);
  if (isInteger(to)) return toInteger(value, from, to);
  if (to.name === "numeric" || to.name === "money") return toDecimal(value, from, to);
  if (to.name === "float" || to.name === "real") return toFloat(value, from, to);
  if (isTemporal(to)) return toTemporal(value, from, to);
  if (isBinary(to)) return toBinary(value, from, to, style);
  if (to.name === "uniqueidentifier") return toGuid(value, from);
  return value;
}

/** The text of a decimal whose digits are `unscaled`. */
export function decimalText(unscaled: bigint, scale: number): string {
  if (scale === 0) return unscaled.toString();
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString().padStart(scale + 1, "0");
  return `${unscaled < 0n ? "-" : ""}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** Drops or adds decimal places, rounding half away from zero. */
export function rescale(unscaled: bigint, from: number, to: number): bigint {
  if (to >= from) return unscaled * 10n ** BigInt(to - from);
  const unit = 10n ** BigInt(from - to);
  const half = unscaled < 0n ? -unit / 2n : unit / 2n;
  return (unscaled + half) / unit;
}

function textOf(value: SqlValue, from: SqlType, to: SqlType, style: number | undefined): string {
  if (typeof value === "string") return value;
  if (isDateTimeOffset(value)) return dateText(value.ms, from, style, value.offsetMinutes);
  if (value instanceof Uint8Array) return binaryText(value, to, style ?? 0);
  if (typeof value === "bigint") return decimalText(value, decimalShape(from).scale);
  if (typeof value === "number") {
    if (isTemporal(from)) return dateText(value, from, style, 0);
    if (from.name === "float" || from.name === "real") return floatText(value);
    return String(value);
  }
  return "";
}

function dateText(ms: number, from: SqlType, style: number | undefined, offset: number): string {
  const natural = from.name === "datetime" || from.name === "smalldatetime" ? 0 : 121;
  const text = formatDatetime(ms, from, style ?? natural, offset);
  if (text !== null) return text;
  throw new SqlError(
    281,
    16,
    `${style} is not a valid style number when converting from ${from.name} to a character string.`,
    {
      abortsBatch: true,
    },
  );
}

function binaryText(bytes: Uint8Array, to: SqlType, style: number): string {
  const buffer = Buffer.from(bytes);
  if (style === 1) return `0x${buffer.toString("hex").toUpperCase()}`;
  if (style === 2) return buffer.toString("hex").toUpperCase();
  return to.name.startsWith("n") ? buffer.toString("utf16le") : buffer.toString("latin1");
}

/** Float as style 0 writes it: six significant digits at most. */
function floatText(value: number): string {
  const rounded = Number(value.toPrecision(6));
  const magnitude = Math.abs(rounded);
  if (magnitude !== 0 && (magnitude >= 1e6 || magnitude < 1e-4)) {
    const [mantissa = "", exponent = "0"] = rounded.toExponential().split("e");
    const power = Number(exponent);
    return `${mantissa}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(3, "0")}`;
  }
  return String(rounded);
}

function fitText(text: string, from: SqlType, to: SqlType): string {
  const padded = to.name === "char" || to.name === "nchar" ? text.padEnd(to.length, " ") : text;
  if (to.length < 0 || padded.length <= to.length) return padded;
  if (isInteger(from) && from.name !== "bit") return "*";
  if (from.name === "numeric") throw overflow(from, to);
  return padded.slice(0, to.length);
}

function overflow(from: SqlType, to: SqlType): SqlError {
  return new SqlError(
    8115,
    16,
    `Arithmetic overflow error converting ${from.name === "null" ? "expression" : typeName(from)} to data type ${typeName(to)}.`,
    { state: 2, abortsBatch: true },
  );
}

function conversionFailed(value: string, from: SqlType, to: SqlType): SqlError {
  return new SqlError(
    245,
    16,
    `Conversion failed when converting the ${typeName(from)} value '${value}' to data type ${typeName(to)}.`,
    { abortsBatch: true },
  );
}

function toInteger(value: SqlValue, from: SqlType, to: SqlType): SqlValue {
  if (to.name === "bit" && typeof value === "string" && /^(true|false)$/i.test(value.trim())) {
    return value.trim().toLowerCase() === "true" ? 1 : 0;
  }
  const whole = wholeOf(value, from, to);
  if (to.name === "bit") return whole === 0n ? 0 : 1;
  const [low, high] = RANGE[to.name] ?? [0n, 0n];
  if (whole < low || whole > high) {
    if (typeof value === "string" && to.name === "int") {
      throw new SqlError(
        248,
        16,
        `The conversion of the ${from.name} value '${value}' overflowed an int column.`,
        {
          abortsBatch: true,
        },
      );
    }
    throw overflow(from, to);
  }
  return to.name === "bigint" ? whole : Number(whole);
}

function wholeOf(value: SqlValue, from: SqlType, to: SqlType): bigint {
  if (typeof value === "bigint") {
    const { scale } = decimalShape(from);
    return value / 10n ** BigInt(scale);
  }
  if (typeof value === "number") {
    if (from.name === "datetime") return BigInt(Math.round((value + 2208988800000) / 86_400_000));
    if (isTemporal(from)) throw clash(from, to);
    return BigInt(Math.trunc(value));
  }
  if (typeof value === "string" && from.name !== "uniqueidentifier") {
    const text = value.trim();
    if (text === "") return 0n;
    if (/^[+-]?\d+$/.test(text)) return BigInt(text.replace(/^\+/, ""));
    if (to.name === "bigint") {
      throw new SqlError(8114, 16, `Error converting data type ${typeName(from)} to bigint.`, {
        state: 5,
        abortsBatch: true,
      });
    }
    throw conversionFailed(value, from, to);
  }
  if (value instanceof Uint8Array) {
    const hex = Buffer.from(value).toString("hex");
    return hex === "" ? 0n : BigInt.asIntN(to.name === "bigint" ? 64 : 32, BigInt(`0x${hex}`));
  }
  throw clash(from, to);
}

function clash(from: SqlType, to: SqlType): SqlError {
  return new SqlError(
    529,
    16,
    `Explicit conversion from data type ${typeName(from)} to ${typeName(to)} is not allowed.`,
    { state: 2, abortsBatch: true },
  );
}

function toDecimal(value: SqlValue, from: SqlType, to: SqlType): bigint {
  const { precision, scale } = decimalShape(to);
  let unscaled: bigint;
  if (typeof value === "bigint") unscaled = rescale(value, decimalShape(from).scale, scale);
  else if (typeof value === "number" && !isTemporal(from)) {
    unscaled = Number.isInteger(value)
      ? BigInt(value) * 10n ** BigInt(scale)
      : rescale(BigInt(Math.round(value * 1e9)), 9, scale);
  } else if (typeof value === "string") {
    const found = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(value.trim());
    const whole = found?.[2] ?? "";
    const fraction = found?.[3] ?? "";
    if (found === null || (whole === "" && fraction === "")) {
      throw new SqlError(8114, 16, `Error converting data type ${typeName(from)} to ${typeName(to)}.`, {
        state: 5,
        abortsBatch: true,
      });
    }
    unscaled = rescale(BigInt(whole + fraction), fraction.length, scale) * (found[1] === "-" ? -1n : 1n);
  } else throw clash(from, to);
  if ((unscaled < 0n ? -unscaled : unscaled) >= 10n ** BigInt(precision)) throw overflow(from, to);
  return unscaled;
}

function toFloat(value: SqlValue, from: SqlType, to: SqlType): number {
  if (typeof value === "number") return value;
  if (typeof value === "bigint") return Number(decimalText(value, decimalShape(from).scale));
  if (typeof value === "string") {
    const parsed = Number(value.trim());
    if (!Number.isNaN(parsed)) return parsed;
    throw new SqlError(8114, 16, `Error converting data type ${typeName(from)} to ${typeName(to)}.`, {
      state: 5,
      abortsBatch: true,
    });
  }
  throw clash(from, to);
}

function toTemporal(value: SqlValue, from: SqlType, to: SqlType): SqlValue {
  let ms: number;
  let offsetMinutes = 0;
  if (isDateTimeOffset(value)) {
    offsetMinutes = value.offsetMinutes;
    // Leaving datetimeoffset keeps the local wall clock.
    ms = to.name === "datetimeoffset" ? value.ms : value.ms + offsetMinutes * 60_000;
  } else if (typeof value === "string") {
    const parsed = parseDatetime(value);
    if (parsed === null) {
      throw new SqlError(
        241,
        16,
        "Conversion failed when converting date and/or time from character string.",
        {
          abortsBatch: true,
        },
      );
    }
    offsetMinutes = parsed.offsetMinutes;
    ms = to.name === "datetimeoffset" ? parsed.ms - offsetMinutes * 60_000 : parsed.ms;
  } else if (typeof value === "number" && isTemporal(from)) ms = value;
  else if (typeof value === "number" && isInteger(from)) ms = value * 86_400_000 - 2208988800000;
  else throw clash(from, to);
  if (to.name === "datetimeoffset") return { ms, offsetMinutes };
  return truncateTemporal(ms, to);
}

/** Cuts a time to what its type can hold; datetime counts in 1/300 s. */
export function truncateTemporal(ms: number, to: SqlType): number {
  const day = 86_400_000;
  if (to.name === "date") return Math.floor(ms / day) * day;
  if (to.name === "time") return ms - Math.floor(ms / day) * day;
  if (to.name === "smalldatetime") return Math.round(ms / 60_000) * 60_000;
  if (to.name === "datetime") return Math.round(Math.round((ms / 1000) * 300) / 0.3);
  const unit = 10 ** (3 - to.scale);
  return unit < 1 ? ms : Math.floor(ms / unit) * unit;
}

function toBinary(value: SqlValue, from: SqlType, to: SqlType, style: number | undefined): Uint8Array {
  const bytes = rawBytes(value, from, to, style);
  const cut = to.length < 0 ? bytes : bytes.subarray(0, to.length);
  if (to.name !== "binary" || cut.length >= to.length) return cut;
  const padded = new Uint8Array(to.length);
  padded.set(cut);
  return padded;
}

function rawBytes(value: SqlValue, from: SqlType, to: SqlType, style: number | undefined): Uint8Array {
  if (value instanceof Uint8Array) return value;
  if (typeof value === "string") {
    if (from.name === "uniqueidentifier") return guidBytes(value);
    if (style === 1 || style === 2) {
      const hex = style === 1 ? value.replace(/^0x/i, "") : value;
      if (!/^([0-9a-f]{2})*$/i.test(hex)) {
        throw new SqlError(8114, 16, `Error converting data type ${typeName(from)} to varbinary.`, {
          state: 5,
          abortsBatch: true,
        });
      }
      return Uint8Array.from(Buffer.from(hex, "hex"));
    }
    return Uint8Array.from(Buffer.from(value, from.name.startsWith("n") ? "utf16le" : "latin1"));
  }
  const size = from.name === "bigint" ? 8 : from.name === "smallint" ? 2 : from.name === "int" ? 4 : 1;
  if (isInteger(from) && (typeof value === "number" || typeof value === "bigint")) {
    const hex = BigInt.asUintN(size * 8, BigInt(value))
      .toString(16)
      .padStart(size * 2, "0");
    return Uint8Array.from(Buffer.from(hex, "hex"));
  }
  throw clash(from, to);
}

/** The 16 bytes of a GUID in SQL Server's mixed-endian order. */
export function guidBytes(guid: string): Uint8Array {
  const raw = Buffer.from(guid.replace(/-/g, ""), "hex");
  const order = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];
  return Uint8Array.from(order, (i) => raw[i] ?? 0);
}

function toGuid(value: SqlValue, from: SqlType): string {
  if (typeof value === "string") {
    const found = /^\{?([0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12})\}?/i.exec(value.trim());
    if (found?.[1] !== undefined) return found[1].toUpperCase();
    throw new SqlError(
      8169,
      16,
      "Conversion failed when converting from a character string to uniqueidentifier.",
      { state: 2, abortsBatch: true },
    );
  }
  if (value instanceof Uint8Array && value.length >= 16) {
    const hex = Buffer.from(guidBytes(Buffer.from(value.subarray(0, 16)).toString("hex"))).toString("hex");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5").toUpperCase();
  }
  throw clash(from, { name: "uniqueidentifier", length: 0, precision: 0, scale: 0 });
}
