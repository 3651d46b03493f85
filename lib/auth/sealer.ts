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

/** A sealer whose texts of earlier releases can be bound to their rows. */
export interface BindingSealer extends Sealer {
  /** The secret of a text that earlier releases sealed, sealed for its row; null for one that is bound already. Throws as `unseal`. */
  bind(sealed: string, row: string): string | null;
}

/**
 * Seals secrets with AES-256-GCM under the key in `keyFile`, made at first use. A sealed text is
 * `v2.<key id>.<base64url of IV, tag and ciphertext>`; the key id tells a wrong key from a damaged text. It opens in the row only
 * that it was sealed for: whoever can write the database can't have one account's secret sent as another's.
 * @throws AppError `key_file_broken` here; `sealed_by_another_key` or `sealed_text_broken` from `unseal`.
 */
export function createSealer(keyFile: string): BindingSealer {
  const key = readOrMakeKey(keyFile);
  const keyId = createHash("sha256").update("chainferry key id").update(key).digest("hex").slice(0, 8);

  const seal = (plain: string, row: string): string => {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(CIPHER, key, iv, OPTIONS).setAAD(Buffer.from(`${VERSION}.${keyId}.${row}`));
    const sealed = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
    return `${VERSION}.${keyId}.${Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString("base64url")}`;
  };

  const read = (sealed: string): { version: string; bytes: Buffer } => {
    const [version = "", otherKeyId, body] = sealed.split(".");
    if (otherKeyId === undefined || body === undefined) throw new AppError("internal", "sealed_text_broken");
    if (otherKeyId !== keyId) {
      throw new AppError("precondition_failed", "sealed_by_another_key", { keyFile, sealedWith: otherKeyId });
    }
    return { version, bytes: Buffer.from(body, "base64url") };
  };

  return {
    seal,
    unseal(sealed, row) {
      const { version, bytes } = read(sealed);
      if (version !== VERSION) throw new AppError("internal", "sealed_text_broken");
      return open(key, `${VERSION}.${keyId}.${row}`, bytes);
    },
    bind(sealed, row) {
      if (!sealed.startsWith(`${UNBOUND}.`)) return null;
      return seal(open(key, `${UNBOUND}.${keyId}`, read(sealed).bytes), row);
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
