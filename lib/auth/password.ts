import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from "node:crypto";

/**
 * OWASP's scrypt with 32 MiB: `ln` is the logarithm of N.
 * https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
 */
export interface ScryptCost {
  ln: number;
  r: number;
  p: number;
}

const COST: ScryptCost = { ln: 15, r: 8, p: 3 };
const SALT_BYTES = 16;
const KEY_BYTES = 32;
const PHC = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

/** A password as it is kept, in PHC's format: `$scrypt$ln=15,r=8,p=3$salt$key`. A cheaper `cost` is for tests. */
export async function hashPassword(password: string, cost: ScryptCost = COST): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const key = await derive(password, salt, cost);
  return `$scrypt$ln=${cost.ln},r=${cost.r},p=${cost.p}$${unpadded(salt)}$${unpadded(key)}`;
}

/** Whether it is the password. Where there is none (`kept` null) as much work is done, so that the time tells nothing. */
export async function isPassword(password: string, kept: string | null): Promise<boolean> {
  const [, ln, r, p, salt, key] = (kept === null ? null : PHC.exec(kept)) ?? [];
  if (!ln || !r || !p || !salt || !key) {
    await derive(password, Buffer.alloc(SALT_BYTES), COST);
    return false;
  }
  const cost = { ln: Number(ln), r: Number(r), p: Number(p) };
  return timingSafeEqual(
    await derive(password, Buffer.from(salt, "base64"), cost),
    Buffer.from(key, "base64"),
  );
}

/** Derivations at a time: each takes 32 MiB and a thread of the few that files are read with too. */
const AT_ONCE = 2;
let running = 0;
const waiting: (() => void)[] = [];

async function derive(password: string, salt: Buffer, { ln, r, p }: ScryptCost): Promise<Buffer> {
  if (running >= AT_ONCE) await new Promise<void>((settle) => waiting.push(settle));
  else running += 1;
  try {
    const options: ScryptOptions = { N: 2 ** ln, r, p, maxmem: 256 * 2 ** ln * r };
    return await new Promise<Buffer>((settle, fail) =>
      scrypt(password.normalize("NFKC"), salt, KEY_BYTES, options, (error, key) =>
        error ? fail(error) : settle(key),
      ),
    );
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}

function unpadded(bytes: Buffer): string {
  return bytes.toString("base64").replace(/=+$/, "");
}
