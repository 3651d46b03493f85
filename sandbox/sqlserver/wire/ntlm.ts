import { createHmac, timingSafeEqual } from "node:crypto";
import { md4 } from "./md4";

const SIGNATURE = Buffer.from("NTLMSSP\0", "latin1");
/** Unicode, target name, NTLM, always sign, target is a domain, extended security, target information, version. */
const FLAGS = 0x02898215;

/** The server's CHALLENGE message (MS-NLMP 2.2.1.2): a nonce of eight bytes, the domain, and who it is. */
export function ntlmChallenge(nonce: Uint8Array, domain: string, server: string): Buffer {
  const target = Buffer.from(domain, "utf16le");
  const pair = (id: number, text: string) => {
    const value = Buffer.from(text, "utf16le");
    const head = Buffer.alloc(4);
    head.writeUInt16LE(id, 0);
    head.writeUInt16LE(value.length, 2);
    return Buffer.concat([head, value]);
  };
  const information = Buffer.concat([pair(2, domain), pair(1, server), Buffer.alloc(4)]);
  const head = Buffer.alloc(56);
  SIGNATURE.copy(head);
  head.writeUInt32LE(2, 8);
  head.writeUInt16LE(target.length, 12);
  head.writeUInt16LE(target.length, 14);
  head.writeUInt32LE(56, 16);
  head.writeUInt32LE(FLAGS, 20);
  head.set(nonce, 24);
  head.writeUInt16LE(information.length, 40);
  head.writeUInt16LE(information.length, 42);
  head.writeUInt32LE(56 + target.length, 44);
  return Buffer.concat([head, target, information]);
}

export interface NtlmAnswer {
  domain: string;
  user: string;
  /** Whether the answer proves that the client knows this password (MS-NLMP 3.3.2, LMv2 and NTLMv2). */
  proves(password: string, nonce: Uint8Array): boolean;
}

/** The client's AUTHENTICATE message. Throws when it is none. */
export function readNtlmAnswer(message: Buffer): NtlmAnswer {
  if (!message.subarray(0, 8).equals(SIGNATURE) || message.readUInt32LE(8) !== 3) {
    throw new Error("Not an NTLM AUTHENTICATE message.");
  }
  const field = (at: number) =>
    message.subarray(message.readUInt32LE(at + 4), message.readUInt32LE(at + 4) + message.readUInt16LE(at));
  const domain = field(28).toString("utf16le");
  const user = field(36).toString("utf16le");
  const lm = field(12);
  // The driver states the length of the proof alone; what it proves stands behind it, up to the end.
  const nt = message.subarray(message.readUInt32LE(24));
  return {
    domain,
    user,
    proves(password, nonce) {
      const identity = Buffer.from(user.toUpperCase() + domain.toUpperCase(), "utf16le");
      const key = hmac(md4(Buffer.from(password, "utf16le")), identity);
      return same(lm, hmac(key, nonce, lm.subarray(16))) && same(nt, hmac(key, nonce, nt.subarray(16)));
    },
  };
}

function hmac(key: Uint8Array, ...parts: Uint8Array[]): Buffer {
  return parts.reduce((mac, part) => mac.update(part), createHmac("md5", key)).digest();
}

function same(response: Buffer, proof: Buffer): boolean {
  return response.length > proof.length && timingSafeEqual(response.subarray(0, proof.length), proof);
}
