/** The characters of Windows-1252 at 0x80–0x9F; the rest is Latin-1. */
const HIGH = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

/** Text in the code page of SQL_Latin1_General_CP1; what it lacks becomes a question mark, as in SQL Server. */
export function encodeCodePage(text: string): Uint8Array {
  return Uint8Array.from([...text], (c) => {
    const code = c.codePointAt(0) ?? 0;
    if (code < 0x80 || (code >= 0xa0 && code <= 0xff)) return code;
    const at = HIGH.indexOf(c);
    return at < 0 ? 0x3f : 0x80 + at;
  });
}

export function decodeCodePage(bytes: Uint8Array): string {
  return Array.from(bytes, (b) =>
    b >= 0x80 && b < 0xa0 ? HIGH.charAt(b - 0x80) : String.fromCharCode(b),
  ).join("");
}
