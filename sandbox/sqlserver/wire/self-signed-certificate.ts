import { createSign, generateKeyPairSync, randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const YEAR_MS = 365 * 86_400_000;

/** One DER element: tag, length, content (ITU-T X.690). */
function element(tag: number, ...content: Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  if (body.length < 0x80) return Buffer.concat([Buffer.from([tag, body.length]), body]);
  const digits: number[] = [];
  for (let left = body.length; left > 0; left >>= 8) digits.unshift(left & 0xff);
  return Buffer.concat([Buffer.from([tag, 0x80 | digits.length, ...digits]), body]);
}

const sequence = (...content: Uint8Array[]) => element(0x30, ...content);
const octets = (content: Uint8Array) => element(0x04, content);
const bits = (content: Uint8Array) => element(0x03, Buffer.from([0]), content);

function oid(dotted: string): Buffer {
  const [a = 0, b = 0, ...rest] = dotted.split(".").map(Number);
  const bytes = [a * 40 + b];
  for (const arc of rest) {
    const groups = [arc & 0x7f];
    for (let left = arc >> 7; left > 0; left >>= 7) groups.unshift(0x80 | (left & 0x7f));
    bytes.push(...groups);
  }
  return element(0x06, Buffer.from(bytes));
}

/** RFC 5758: no parameters. */
const ECDSA_WITH_SHA256 = sequence(oid("1.2.840.10045.4.3.2"));

function commonName(name: string): Buffer {
  return sequence(element(0x31, sequence(oid("2.5.4.3"), element(0x0c, Buffer.from(name, "utf8")))));
}

function generalizedTime(ms: number): Buffer {
  return element(
    0x18,
    Buffer.from(`${new Date(ms).toISOString().replace(/[-:T]/g, "").slice(0, 14)}Z`, "latin1"),
  );
}

function extension(id: string, critical: boolean, value: Uint8Array): Buffer {
  return sequence(oid(id), ...(critical ? [element(0x01, Buffer.from([0xff]))] : []), octets(value));
}

/** Subject alternative names: DNS names and IPv4 addresses. */
function alternativeNames(names: readonly string[]): Buffer {
  const entries = names.map((name) =>
    /^\d+(\.\d+){3}$/.test(name)
      ? element(0x87, Buffer.from(name.split(".").map(Number)))
      : element(0x82, Buffer.from(name, "latin1")),
  );
  return extension("2.5.29.17", false, sequence(...entries));
}

function pem(label: string, der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join("\n")}\n-----END ${label}-----\n`;
}

/**
 * A self-signed X.509 v3 certificate (RFC 5280), valid for ten years from the day before. Its key is of P-256: made in
 * a millisecond, an RSA key takes up to a second.
 * It may sign itself, so that a client can take it as its CA. Both in PEM.
 */
export function makeCertificate(
  names: readonly string[],
  nowMs: number,
): { key: string; certificate: string } {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const serial = randomBytes(8);
  serial.writeUInt8((serial.readUInt8(0) & 0x7f) | 0x40, 0);
  const subject = commonName(names[0] ?? "localhost");
  const body = sequence(
    element(0xa0, element(0x02, Buffer.from([2]))),
    element(0x02, serial),
    ECDSA_WITH_SHA256,
    subject,
    sequence(generalizedTime(nowMs - 86_400_000), generalizedTime(nowMs + 10 * YEAR_MS)),
    subject,
    publicKey.export({ type: "spki", format: "der" }),
    element(
      0xa3,
      sequence(
        extension("2.5.29.19", true, sequence(element(0x01, Buffer.from([0xff])))),
        alternativeNames(names),
      ),
    ),
  );
  const signature = createSign("sha256").update(body).sign(privateKey);
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    certificate: pem("CERTIFICATE", sequence(body, ECDSA_WITH_SHA256, bits(signature))),
  };
}

export const CERTIFICATE_FILES = { key: "tls-key.pem", certificate: "tls-certificate.pem" } as const;

/** The certificate kept in a folder, made at the first start. */
export function loadCertificate(
  folder: string,
  names: readonly string[],
  nowMs: number,
): { key: string; certificate: string } {
  const keyPath = join(folder, CERTIFICATE_FILES.key);
  const certificatePath = join(folder, CERTIFICATE_FILES.certificate);
  if (existsSync(keyPath) && existsSync(certificatePath)) {
    return { key: readFileSync(keyPath, "utf8"), certificate: readFileSync(certificatePath, "utf8") };
  }
  const made = makeCertificate(names, nowMs);
  writeFileSync(keyPath, made.key, { mode: 0o600 });
  writeFileSync(certificatePath, made.certificate);
  return made;
}
