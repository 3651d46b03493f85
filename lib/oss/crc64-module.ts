/**
 * CRC-64/XZ as a WebAssembly module, put together here because no runtime offers one: JavaScript has no 64-bit
 * integers that are fast. Most of the input is eliminated without tables: in the polynomials over GF(2), with
 * z = x^8 and modulo the CRC's polynomial, z^0 + z^1104 + z^1745 + ... + z^6998 = 0, so sixteen bytes vanish when they
 * are added (XOR) to the sixteen bytes at seven places further on. What is left at the end goes through tables
 * (slicing by 16). On the idea: https://arxiv.org/abs/2412.16398
 */
const POLYNOMIAL = 0xc96c5795d7870f42n;

/** Exponents of the relation besides the last; a test proves it. */
export const FOLD_TERMS: readonly number[] = [0, 1104, 1745, 1868, 4937, 5086, 6095];
export const FOLD_REACH = 6998;

const SLICES = 16;
export const TABLE_BYTES = SLICES * 256 * 8;
/** `FOLD_REACH` rounded up to the 64 bytes of a turn. */
const WINDOW_BYTES = 7040;
const BLOCK_BYTES = 65_536;
/** Below this the tables alone are faster. */
const SHORT_BYTES = 32_768;
/** Working room of one caller; callers of one memory at the same time need one each, 64-byte aligned. */
export const SCRATCH_BYTES = WINDOW_BYTES + BLOCK_BYTES + 1024;

/** The tables to be laid at address 0: entry `t * 256 + b` is the effect of byte `b` that `t` more bytes follow. */
export function crc64Tables(): Uint8Array {
  const tables = new BigUint64Array(SLICES * 256);
  for (let index = 0; index < tables.length; index += 1) {
    let entry = index < 256 ? BigInt(index) : (tables[index - 256] ?? 0n);
    if (index >= 256) entry = (entry >> 8n) ^ (tables[Number(entry & 255n)] ?? 0n);
    else for (let bit = 0; bit < 8; bit += 1) entry = entry & 1n ? (entry >> 1n) ^ POLYNOMIAL : entry >> 1n;
    tables[index] = entry;
  }
  return new Uint8Array(tables.buffer);
}

type Code = readonly (number | Code)[];

const I32 = 0x7f;
const I64 = 0x7e;
const get = (local: number): Code => [0x20, local];
const set = (local: number): Code => [0x21, local];
const tee = (local: number): Code => [0x22, local];
const i32 = (value: number): Code => [0x41, signed(value)];
const i64 = (value: number): Code => [0x42, signed(value)];
const ADD = 0x6a;
const SUB = 0x6b;
const AND = 0x71;
const LESS = 0x49;
const XOR64 = 0x85;
const SHIFT_LEFT64 = 0x86;
const SHIFT_RIGHT64 = 0x88;
const LOW_HALF = 0xa7;
const call = (index: number): Code => [0x10, index];
const load64 = (offset: number): Code => [0x29, 3, unsigned(offset)];
const load128 = (offset: number): Code => [0xfd, 0, 0, unsigned(offset)];
const store128 = (offset: number): Code => [0xfd, 11, 0, unsigned(offset)];
const XOR128: Code = [0xfd, 0x51];
const END = 0x0b;
const advance = (local: number, bytes: number): Code => [get(local), i32(bytes), ADD, set(local)];
/** `body` again and again while `condition` (an i32 on the stack) holds. */
const whileLoop = (condition: Code, body: Code): Code => [
  [0x02, 0x40, 0x03, 0x40],
  [condition, 0x45, 0x0d, 1],
  [body, 0x0c, 0],
  [END, END],
];

/** table(at, bytes, state): the state after these bytes; no inversion. */
function tableFunction(): number[] {
  const [at, bytes, state, end, word] = [0, 1, 2, 3, 4] as const;
  const lookUp = (local: number, byte: number, table: number): Code => [
    get(local),
    byte === 0 ? [i64(3), SHIFT_LEFT64] : [i64(8 * byte - 3), SHIFT_RIGHT64],
    [LOW_HALF, i32(0x7f8), AND, load64(table * 2048)],
  ];
  const lookUps = Array.from({ length: 16 }, (_, index): Code => {
    // The second word first: it does not wait for the state.
    const byte = (index + 8) % 16;
    return [lookUp(byte < 8 ? state : word, byte % 8, 15 - byte), index === 0 ? [] : XOR64];
  });
  return functionBody(
    [
      [1, I32],
      [1, I64],
    ],
    [
      [get(at), get(bytes), ADD, set(end)],
      whileLoop(
        // end - at >= 16
        [i32(15), get(end), get(at), SUB, LESS],
        [
          [get(at), load64(8), set(word)],
          [get(at), load64(0), get(state), XOR64, set(state)],
          [lookUps, set(state)],
          advance(at, 16),
        ],
      ),
      whileLoop(
        [get(at), get(end), LESS],
        [
          [get(at), 0x2d, 0, 0, get(state), LOW_HALF, 0x73, i32(255), AND, i32(3), 0x74, load64(0)],
          [get(state), i64(8), SHIFT_RIGHT64, XOR64, set(state)],
          advance(at, 1),
        ],
      ),
      get(state),
    ],
  );
}

/** fold(at, bytes, window, to): 64 bytes a turn, each with the seven earlier ones of the window that fall on it. */
function foldFunction(): number[] {
  const [at, bytes, window, to, end] = [0, 1, 2, 3, 4] as const;
  const turn = Array.from({ length: 4 }, (_, lane): Code => {
    const terms = FOLD_TERMS.map((term): Code => [get(window), load128(term + 16 * lane), XOR128]);
    return [get(to), get(at), load128(16 * lane), terms, store128(16 * lane)];
  });
  return functionBody(
    [[1, I32]],
    [
      [get(at), get(bytes), ADD, set(end)],
      whileLoop([get(at), get(end), LESS], [turn, advance(at, 64), advance(window, 64), advance(to, 64)]),
    ],
  );
}

/** crc64(at, bytes, scratch, previous): the checksum of `previous`'s bytes followed by these. */
function crcFunction(table: number, fold: number): number[] {
  const [at, bytes, scratch, state, end, window, step] = [0, 1, 2, 3, 4, 5, 6] as const;
  const out = 2 * WINDOW_BYTES + 64;
  const foldAll: Code = [
    // Places of the window before the first byte hold nothing but, at a distance of the whole reach, the state.
    [get(scratch), i32(0), i32(WINDOW_BYTES), 0xfc, 11, 0],
    [get(scratch), i32(WINDOW_BYTES - FOLD_REACH), ADD, tee(window), get(state), 0x37, 3, 0],
    [get(at), get(bytes), i32(WINDOW_BYTES), SUB, i32(-64), AND, ADD, set(end)],
    [get(bytes), get(end), get(at), SUB, SUB, set(bytes)],
    whileLoop(
      [get(at), get(end), LESS],
      [
        [i32(BLOCK_BYTES), get(end), get(at), SUB],
        [i32(BLOCK_BYTES), get(end), get(at), SUB, LESS, 0x1b, set(step)],
        [get(at), get(step), get(window), get(scratch), i32(WINDOW_BYTES), ADD, call(fold)],
        [get(window), get(window), get(step), ADD, i32(FOLD_REACH), 0xfc, 10, 0, 0],
        [get(at), get(step), ADD, set(at)],
      ],
    ),
    // From here on nothing is eliminated: later places get only what the window still holds.
    [get(scratch), i32(WINDOW_BYTES), ADD, i32(0), i32(WINDOW_BYTES), 0xfc, 11, 0],
    [get(at), i32(WINDOW_BYTES), get(window), get(scratch), i32(out), ADD, call(fold)],
    [get(scratch), i32(out), ADD, i32(WINDOW_BYTES), i64(0), call(table), set(state)],
    advance(at, WINDOW_BYTES),
    [get(bytes), i32(WINDOW_BYTES), SUB, set(bytes)],
  ];
  return functionBody(
    [[3, I32]],
    [
      [get(state), i64(-1), XOR64, set(state)],
      [i32(SHORT_BYTES), get(bytes), LESS, 0x04, 0x40, foldAll, END],
      [get(at), get(bytes), get(state), call(table), i64(-1), XOR64],
    ],
  );
}

/**
 * Compiled anew on each call. Imports `e.m`, a shared memory with `crc64Tables` at 0; exports
 * `crc64(at, bytes, scratch, previous: bigint): bigint`.
 */
export function crc64Module(): WebAssembly.Module {
  const threeToState = [0x60, list([[I32], [I32], [I64]]), list([[I64]])];
  const four = [0x60, list([[I32], [I32], [I32], [I32]]), list([])];
  const whole = [0x60, list([[I32], [I32], [I32], [I64]]), list([[I64]])];
  return new WebAssembly.Module(
    Uint8Array.from(
      flat([
        [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
        section(1, list([threeToState, four, whole])),
        section(2, list([[text("e"), text("m"), 2, 3, 1, unsigned(65_536)]])),
        section(3, list([[0], [1], [2]])),
        section(7, list([[text("crc64"), 0, 2]])),
        section(10, list([tableFunction(), foldFunction(), crcFunction(0, 1)])),
      ]),
    ),
  );
}

function functionBody(locals: Code, code: Code): number[] {
  const body = flat([list(locals.map((local) => [local])), code, END]);
  return [...unsigned(body.length), ...body];
}

function section(id: number, content: Code): Code {
  const bytes = flat(content);
  return [id, unsigned(bytes.length), bytes];
}

function list(items: readonly Code[]): Code {
  return [unsigned(items.length), items];
}

function text(ascii: string): Code {
  return list([...ascii].map((letter) => [letter.charCodeAt(0)]));
}

function flat(code: Code): number[] {
  return code.flatMap((item) => (typeof item === "number" ? [item] : flat(item)));
}

/** LEB128, as WebAssembly writes numbers. */
function unsigned(value: number): number[] {
  const rest = Math.floor(value / 128);
  return rest === 0 ? [value] : [(value % 128) + 128, ...unsigned(rest)];
}

function signed(value: number): number[] {
  const byte = ((value % 128) + 128) % 128;
  const rest = Math.floor(value / 128);
  const last = (rest === 0 && byte < 64) || (rest === -1 && byte >= 64);
  return last ? [byte] : [byte + 128, ...signed(rest)];
}
