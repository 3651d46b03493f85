import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import type { Assertion, Attestation } from "./passkeys";

/** What a device and a browser say; each may lie. */
export interface Said {
  challenge: string;
  origin: string;
  host: string;
  counter?: number;
  /** Somebody touched it. */
  present?: boolean;
  /** Somebody was recognised by finger, face or PIN. */
  recognised?: boolean;
  crossOrigin?: boolean;
  type?: string;
}

const PRESENT = 0x01;
const RECOGNISED = 0x04;
const NEW_KEY = 0x40;

/** For tests: a device with one passkey, written from the specification and not from the library. https://www.w3.org/TR/webauthn-3/#sctn-authenticator-data */
export class Authenticator {
  readonly id = randomBytes(16);
  readonly #key: KeyObject;
  readonly #publicKey: Uint8Array;

  constructor() {
    const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    this.#key = privateKey;
    const { x = "", y = "" } = publicKey.export({ format: "jwk" });
    // COSE: kty EC2, alg ES256, crv P-256, x, y. RFC 9053
    this.#publicKey = Buffer.concat([
      Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21]),
      bytesOf(Buffer.from(x, "base64url")),
      Buffer.from([0x22]),
      bytesOf(Buffer.from(y, "base64url")),
    ]);
  }

  make(said: Said): Attestation {
    const length = Buffer.alloc(2);
    length.writeUInt16BE(this.id.length);
    const key = Buffer.concat([Buffer.alloc(16), length, this.id, this.#publicKey]);
    const data = Buffer.concat([this.#data(said, NEW_KEY), key]);
    const object = Buffer.concat([
      Buffer.from([0xa3]),
      ...[textOf("fmt"), textOf("none"), textOf("attStmt"), Buffer.from([0xa0])],
      ...[textOf("authData"), bytesOf(data)],
    ]);
    return {
      ...this.#named(),
      response: {
        clientDataJSON: clientData({ type: "webauthn.create", ...said }).toString("base64url"),
        attestationObject: object.toString("base64url"),
      },
    };
  }

  use(said: Said): Assertion {
    const data = this.#data(said, 0);
    const client = clientData({ type: "webauthn.get", ...said });
    const signed = sign("sha256", Buffer.concat([data, sha256(client)]), this.#key);
    return {
      ...this.#named(),
      response: {
        clientDataJSON: client.toString("base64url"),
        authenticatorData: data.toString("base64url"),
        signature: signed.toString("base64url"),
      },
    };
  }

  #named() {
    const id = this.id.toString("base64url");
    return { id, rawId: id };
  }

  #data({ host, counter = 0, present = true, recognised = true }: Said, flags: number): Buffer {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    const said = flags | (present ? PRESENT : 0) | (recognised ? RECOGNISED : 0);
    return Buffer.concat([sha256(Buffer.from(host)), Buffer.from([said]), count]);
  }
}

function clientData({ type, challenge, origin, crossOrigin }: Said): Buffer {
  return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin }));
}

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest();
/** CBOR, RFC 8949: lengths up to 255. */
const headOf = (major: number, length: number) =>
  length < 24 ? Buffer.from([major + length]) : Buffer.from([major + 24, length]);
const bytesOf = (bytes: Uint8Array) => Buffer.concat([headOf(0x40, bytes.length), bytes]);
const textOf = (text: string) => Buffer.concat([headOf(0x60, text.length), Buffer.from(text)]);
