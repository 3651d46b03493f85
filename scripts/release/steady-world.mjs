// node --import ./steady-world.mjs PROGRAM
// A clock that stands and chances that are always the same, so that a database made twice is the same to the byte: initdb writes
// the time and an identifier drawn from it, the schema engine the time and random ids. Only for what a release makes beforehand.
// SOURCE_DATE_EPOCH: the time, seconds since 1970 (https://reproducible-builds.org/specs/source-date-epoch/).
import crypto from "node:crypto";
import { syncBuiltinESMExports } from "node:module";

const atMs = Number(process.env.SOURCE_DATE_EPOCH) * 1_000;
if (!Number.isInteger(atMs)) throw new Error("SOURCE_DATE_EPOCH is not set.");

const RealDate = Date;
globalThis.Date = class extends RealDate {
  constructor(...given) {
    super(...(given.length === 0 ? [atMs] : given));
  }
  static now() {
    return atMs;
  }
};
performance.now = () => 0;
Math.random = () => 0.5;

const { createHash } = crypto;
let drawn = 0;
function fill(view) {
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  for (let at = 0; at < bytes.length; at += 32) {
    const digest = createHash("sha256").update(String(drawn)).digest();
    bytes.set(digest.subarray(0, Math.min(32, bytes.length - at)), at);
    drawn += 1;
  }
  return view;
}
Object.defineProperty(globalThis.crypto, "getRandomValues", { value: fill });
crypto.randomFillSync = fill;
crypto.randomBytes = (size) => fill(Buffer.alloc(size));
syncBuiltinESMExports();
