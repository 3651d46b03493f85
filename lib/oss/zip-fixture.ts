import { crc32, deflateRawSync } from "node:zlib";

/** A file for `zipOf`; `claimed` is the unpacked size that the archive tells instead of the true one (Zip64). */
interface ZippedFile {
  name: string;
  bytes: Uint8Array;
  claimed?: bigint;
}

/**
 * For tests: a zip archive. Source: PKWARE APPNOTE 4.3. `encrypted` only sets the flag; `overlapping` lets every entry of
 * the directory point to the first file's bytes.
 */
export function zipOf(
  files: ZippedFile[],
  options: { stored?: boolean; encrypted?: boolean; method?: number; overlapping?: boolean } = {},
): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes, claimed } of files) {
    const packed = options.stored ? Buffer.from(bytes) : deflateRawSync(bytes);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x800 | (options.encrypted ? 1 : 0), 2);
    common.writeUInt16LE(options.method ?? (options.stored ? 0 : 8), 4);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from("PK\x03\x04"), common, Buffer.from(name), packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(options.overlapping ? 0 : offset, 10);
    const extra = claimed === undefined ? Buffer.alloc(0) : zip64SizeOf(claimed);
    const listed = Buffer.from(common);
    if (claimed !== undefined) listed.writeUInt32LE(0xffffffff, 18);
    listed.writeUInt16LE(extra.length, 24);
    central.push(Buffer.concat([Buffer.from("PK\x01\x02\x14\x00"), listed, tail, Buffer.from(name), extra]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, directory, Buffer.from("PK\x05\x06"), end]);
}

/** PKWARE APPNOTE 4.5.3: the extra field that tells sizes over 4 GiB. */
function zip64SizeOf(sizeBytes: bigint): Buffer {
  const field = Buffer.alloc(12);
  field.writeUInt16LE(1, 0);
  field.writeUInt16LE(8, 2);
  field.writeBigUInt64LE(sizeBytes, 4);
  return field;
}
