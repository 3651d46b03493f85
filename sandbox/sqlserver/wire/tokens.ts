import { SERVER } from "../model/server-identity";
import type { ServerRelease } from "../model/server-release";
import type { ServerMessage } from "../tsql/engine-host";
import type { SqlError } from "../tsql/sql-error";
import type { ColumnDef, SqlType, SqlValue } from "../tsql/sql-type";
import type { ByteWriter } from "./byte-writer";
import { COLLATION, writeTypeInfo, writeValue } from "./type-encoding";

/** Status bits of DONE, DONEPROC and DONEINPROC (MS-TDS 2.2.7.6). */
export const DONE = { final: 0, more: 0x01, error: 0x02, count: 0x10, attention: 0x20 } as const;
export const TOKEN = { sspi: 0xed, done: 0xfd, doneProc: 0xfe, doneInProc: 0xff } as const;

/** TDS 7.4 as LOGINACK writes it: big-endian. */
const TDS_74 = [0x74, 0x00, 0x00, 0x04];
const CURRENT_SELECT = 0xc1;

export function writeDone(writer: ByteWriter, token: number, status: number, count: number): void {
  const command = (status & DONE.count) === 0 ? 0 : CURRENT_SELECT;
  writer.u8(token).u16(status).u16(command).u64(BigInt(count));
}

/** ERROR and INFO share a layout; severity-10 messages travel with class 0. */
export function writeError(writer: ByteWriter, error: SqlError): void {
  writeMessageToken(writer, 0xaa, {
    number: error.number,
    state: error.state,
    severity: error.severity,
    text: error.message,
    line: error.line,
    procedure: error.procedure,
  });
}

export function writeInfo(writer: ByteWriter, message: ServerMessage): void {
  writeMessageToken(writer, 0xab, { ...message, severity: message.severity === 10 ? 0 : message.severity });
}

function writeMessageToken(writer: ByteWriter, token: number, message: ServerMessage): void {
  const text = message.text.slice(0, 4000);
  const server = SERVER.serverName;
  const procedure = message.procedure.slice(0, 127);
  const length = 4 + 1 + 1 + 2 + text.length * 2 + 1 + server.length * 2 + 1 + procedure.length * 2 + 4;
  writer.u8(token).u16(length).i32(message.number).u8(message.state).u8(message.severity);
  writer.text(text).shortText(server).shortText(procedure).u32(Math.max(1, message.line));
}

/** ENVCHANGE with texts: 1 database, 2 language, 4 packet size. */
export function writeEnvChange(writer: ByteWriter, type: number, value: string, old: string): void {
  writer
    .u8(0xe3)
    .u16(3 + (value.length + old.length) * 2)
    .u8(type)
    .shortText(value)
    .shortText(old);
}

/** ENVCHANGE 7: without it a client refuses to send varchar parameters. */
export function writeCollationChange(writer: ByteWriter): void {
  writer.u8(0xe3).u16(8).u8(7).u8(5).bytes(COLLATION).u8(0);
}

/** ENVCHANGE 8, 9, 10: a transaction began, was committed or rolled back. */
export function writeTransactionChange(writer: ByteWriter, type: 8 | 9 | 10, descriptor: bigint): void {
  writer.u8(0xe3).u16(11).u8(type);
  if (type === 8) writer.u8(8).u64(descriptor).u8(0);
  else writer.u8(0).u8(8).u64(descriptor);
}

export function writeLoginAck(writer: ByteWriter, { major, minor, build }: ServerRelease): void {
  const name = "Microsoft SQL Server";
  writer
    .u8(0xad)
    .u16(1 + 4 + 1 + name.length * 2 + 4)
    .u8(1)
    .bytes(Uint8Array.from(TDS_74))
    .shortText(name);
  writer
    .u8(major)
    .u8(minor)
    .u8(build >> 8)
    .u8(build & 0xff);
}

/** FEATUREEXTACK that grants UTF8_SUPPORT. */
export function writeFeatureAck(writer: ByteWriter): void {
  writer.u8(0xae).u8(0x0a).u32(1).u8(1).u8(0xff);
}

export function writeColumns(writer: ByteWriter, columns: readonly ColumnDef[]): void {
  writer.u8(0x81).u16(columns.length);
  for (const column of columns) {
    writer.u32(0).u16(0x0009);
    writeTypeInfo(writer, column.type);
    writer.shortText(column.name);
  }
}

export function writeRow(writer: ByteWriter, columns: readonly ColumnDef[], row: readonly SqlValue[]): void {
  writer.u8(0xd1);
  columns.forEach((column, i) => {
    writeValue(writer, column.type, row[i] ?? null);
  });
}

export function writeReturnStatus(writer: ByteWriter, status: number): void {
  writer.u8(0x79).i32(status);
}

export function writeReturnValue(
  writer: ByteWriter,
  ordinal: number,
  value: { name: string; type: SqlType; value: SqlValue },
): void {
  writer.u8(0xac).u16(ordinal).shortText(value.name).u8(1).u32(0).u16(0x0009);
  writeTypeInfo(writer, value.type);
  writeValue(writer, value.type, value.value);
}
