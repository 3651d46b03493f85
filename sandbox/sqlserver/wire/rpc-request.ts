import type { PassedValue } from "../tsql/run-execute";
import { ByteReader } from "./byte-reader";
import { readTypedValue } from "./type-decoding";

export interface RpcRequest {
  /** A procedure's name parts. */
  procedure: string[];
  parameters: PassedValue[];
}

/** Procedures a client may call by number (MS-TDS 2.2.6.6). */
const BY_ID: Record<number, string> = {
  10: "sp_executesql",
  11: "sp_prepare",
  12: "sp_execute",
  13: "sp_prepexec",
  15: "sp_unprepare",
};

/** Skips ALL_HEADERS, which lead every batch and RPC since TDS 7.2. */
export function withoutHeaders(body: Buffer): Buffer {
  if (body.length < 4) return body;
  const total = body.readUInt32LE(0);
  return total >= 4 && total <= body.length ? body.subarray(total) : body;
}

/** Reads the first RPC of a message. Throws when it is damaged or calls a procedure by an unknown number. */
export function readRpc(body: Buffer): RpcRequest {
  const reader = new ByteReader(withoutHeaders(body));
  const length = reader.u16();
  let name: string;
  if (length === 0xffff) {
    const id = reader.u16();
    const known = BY_ID[id];
    if (known === undefined) throw new Error(`Procedure number ${id} is not served.`);
    name = known;
  } else name = reader.ucs2(length);
  reader.u16();
  const parameters: PassedValue[] = [];
  while (reader.left > 0) {
    const parameterName = reader.shortText();
    const status = reader.u8();
    const { type, value } = readTypedValue(reader);
    parameters.push({
      name: parameterName === "" ? null : parameterName,
      type,
      value,
      output: (status & 1) !== 0,
    });
  }
  return { procedure: name.split(".").map((part) => part.replace(/^\[|\]$/g, "")), parameters };
}
