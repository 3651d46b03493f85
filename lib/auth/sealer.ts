import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import { readOrMakeKey } from "@/lib/auth/key-file";
import type { Sealer } from "@/lib/context/context";
import { AppError } from "@/lib/diagnosis/app-error";

const VERSION = "v2";
/** Of earlier releases: bound to the key, but to no row. */
const UNBOUND = "v1";
const IV_BYTES = 12;
const TAG_BYTES = 16;
const CIPHER = "aes-256-gcm";
const OPTIONS = { authTagLength: TAG_BYTES } as const;

/** Where a key comes from, and which ones texts may still be sealed with. */
export interface SealerKeys {
  /** Said where it does not open something: a file, a variable. */
  place: string;
  key: Buffer;
  /** Open texts, and seal none. */
  older: readonly Buffer[];
}

/** A sealer whose texts of earlier releases can be bound to their rows, and those of an older key sealed anew. */
export interface BindingSealer extends Sealer {
  /** A text of an older key, sealed with the one that counts; null for one that is already. Throws as `unseal`. */
  reseal(sealed: string, row: string): string | null;
  /** The secret of a text that earlier releases sealed, sealed for its row; null for one that is bound already. Throws as `unseal`. */
  bind(sealed: string, row: string): string | null;
}

/** By which a sealed text says what it was sealed with: 8 hex digits that tell nothing of the key. */
export function keyIdOf(key: Buffer): string {
  return createHash("sha256").update("chainferry key id").update(key).digest("hex").slice(0, 8);
}

/**
 * Seals secrets with AES-256-GCM under a key, or under that of a file, made at first use. A sealed text is
 * `v2.<key id>.<base64url of IV, tag and ciphertext>`; the key id tells a wrong key from a damaged text. It opens in the row only
 * that it was sealed for: whoever can write the database can't have one account's secret sent as another's.
 * @throws AppError `key_file_broken` here; `sealed_by_another_key` or `sealed_text_broken` from `unseal`.
 */
export function createSealer(given: string | SealerKeys): BindingSealer {
  const { place, key, older } =
    typeof given === "string" ? { place: given, key: readOrMakeKey(given), older: [] } : given;
  const keyId = keyIdOf(key);
  const keys = new Map([...older, key].map((each) => [keyIdOf(each), each]));

  const seal = (plain: string, row: string): string => {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(CIPHER, key, iv, OPTIONS).setAAD(Buffer.from(`${VERSION}.${keyId}.${row}`));
    const sealed = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
    return `${VERSION}.${keyId}.${Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString("base64url")}`;
  };

  const read = (sealed: string) => {
    const [version = "", sealedWith, body] = sealed.split(".");
    if (sealedWith === undefined || body === undefined) throw new AppError("internal", "sealed_text_broken");
    const used = keys.get(sealedWith);
    if (used === undefined) {
      throw new AppError("precondition_failed", "sealed_by_another_key", { keyFile: place, sealedWith });
    }
    return { version, sealedWith, used, bytes: Buffer.from(body, "base64url") };
  };

  const unseal = (sealed: string, row: string): string => {
    const { version, sealedWith, used, bytes } = read(sealed);
    if (version !== VERSION) throw new AppError("internal", "sealed_text_broken");
    return open(used, `${VERSION}.${sealedWith}.${row}`, bytes);
  };

  return {
    seal,
    unseal,
    reseal: (sealed, row) => (read(sealed).sealedWith === keyId ? null : seal(unseal(sealed, row), row)),
    bind(sealed, row) {
      if (!sealed.startsWith(`${UNBOUND}.`)) return null;
      const { sealedWith, used, bytes } = read(sealed);
      return seal(open(used, `${UNBOUND}.${sealedWith}`, bytes), row);
    },
  };
}

function open(key: Buffer, boundTo: string, bytes: Buffer): string {
  try {
    const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, IV_BYTES), OPTIONS)
      .setAAD(Buffer.from(boundTo))
      .setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    return decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES), undefined, "utf8") + decipher.final("utf8");
  } catch {
    throw new AppError("internal", "sealed_text_broken");
  }
}
