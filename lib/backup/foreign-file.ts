/** How files begin that are often met under a backup's name. */
const BEGINNINGS: readonly { bytes: readonly number[]; is: string; advice: string }[] = [
  { bytes: [0x50, 0x4b, 0x03, 0x04], is: "a ZIP archive (or bacpac)", advice: "Unpack it first." },
  { bytes: [0x52, 0x61, 0x72, 0x21], is: "a RAR archive", advice: "Unpack it first." },
  { bytes: [0x37, 0x7a, 0xbc, 0xaf], is: "a 7-Zip archive", advice: "Unpack it first." },
  { bytes: [0x1f, 0x8b], is: "a gzip archive", advice: "Unpack it first." },
  { bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], is: "an XZ archive", advice: "Unpack it first." },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], is: "a Zstandard archive", advice: "Unpack it first." },
  { bytes: [0x42, 0x5a, 0x68], is: "a bzip2 archive", advice: "Unpack it first." },
  { bytes: [0x50, 0x47, 0x44, 0x4d, 0x50], is: "a PostgreSQL dump", advice: "" },
  { bytes: [0x01, 0x0f, 0x00, 0x00], is: "a database file (.mdf), not a backup", advice: "Take a backup." },
];

/** Says in words what a file is that begins with neither of a backup's magics, and what to do about it. */
export function foreignFileMessage(head: Uint8Array): string {
  const known = BEGINNINGS.find(({ bytes }) => bytes.every((byte, i) => head[i] === byte));
  if (known) return `This is not a SQL Server backup: it is ${known.is}. ${known.advice}`.trimEnd();
  const text = String.fromCharCode(...head.subarray(0, 40));
  if (text.startsWith("version https://git-lfs")) {
    return "This is not a SQL Server backup: it is a Git LFS pointer. Fetch the file itself (git lfs pull).";
  }
  if (/^\s*<(!doctype|html|\?xml)/i.test(text)) {
    return "This is not a SQL Server backup: it is a web page, perhaps the error of a download. Download it again.";
  }
  if (head.length >= 512 && head.every((byte) => byte === 0)) {
    return "This is not a SQL Server backup: it begins with zeros only, as a file does that was preallocated and never filled, or whose copy broke off. Copy it again.";
  }
  if (/^\W*(--|\/\*|use |create |insert |set )/i.test(text.replaceAll("\0", ""))) {
    return "This is not a SQL Server backup: it is a script. Choose a file written by BACKUP DATABASE or BACKUP LOG.";
  }
  return "This is not a SQL Server backup: it begins with neither TAPE nor MSSQLBAK. Choose a file written by BACKUP DATABASE or BACKUP LOG.";
}
