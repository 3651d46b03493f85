import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import { readOrMakeKey } from "@/lib/auth/key-file";
import type { Sealer } from "@/lib/context/context";
import { AppError } from "@/lib/diagnosis/app-error";

const VERSION = "v1";
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Seals secrets with AES-256-GCM under the key in `keyFile`, made at first use. A sealed text is
 * `v1.<key id>.<base64url of IV, tag and ciphertext>`; the key id tells a wrong key from a damaged text.
 * @throws AppError `key_file_broken` here; `sealed_by_another_key` or `sealed_text_broken` from `unseal`.
 */
export function createSealer(keyFile: string): Sealer {
  const key = readOrMakeKey(keyFile);
  const keyId = createHash("sha256").update("chainferry key id").update(key).digest("hex").slice(0, 8);
  const prefix = `${VERSION}.${keyId}`;
  return {
    seal(plain) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(Buffer.from(prefix));
      const sealed = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
      return `${prefix}.${Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString("base64url")}`;
    },
    unseal(sealed) {
      const [version, otherKeyId, body] = sealed.split(".");
      if (version !== VERSION || otherKeyId === undefined || body === undefined) {
        throw new AppError("internal", "sealed_text_broken");
      }
      if (otherKeyId !== keyId) {
        throw new AppError("precondition_failed", "sealed_by_another_key", {
          keyFile,
          sealedWith: otherKeyId,
        });
      }
      return open(key, prefix, Buffer.from(body, "base64url"));
    },
  };
}

function open(key: Buffer, prefix: string, bytes: Buffer): string {
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, IV_BYTES))
      .setAAD(Buffer.from(prefix))
      .setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    return decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES), undefined, "utf8") + decipher.final("utf8");
  } catch {
    throw new AppError("internal", "sealed_text_broken");
  }
}
