import { X509Certificate } from "node:crypto";
import { describe, expect, it } from "vitest";
import { makeCertificate } from "./self-signed-certificate";

describe("makeCertificate", () => {
  it("is a P-256 certificate for its names, signed with its own key and valid now", () => {
    const now = Date.now();
    const { key, certificate } = makeCertificate(["localhost", "127.0.0.1", "PROD-SQL-01"], now);
    const parsed = new X509Certificate(certificate);
    expect(parsed.verify(parsed.publicKey)).toBe(true);
    expect(parsed.checkIssued(parsed)).toBe(true);
    expect(parsed.publicKey.asymmetricKeyDetails?.namedCurve).toBe("prime256v1");
    expect(parsed.checkHost("localhost")).toBe("localhost");
    expect(parsed.checkIP("127.0.0.1")).toBe("127.0.0.1");
    expect(parsed.checkHost("elsewhere")).toBeUndefined();
    expect(Date.parse(parsed.validFrom)).toBeLessThan(now);
    expect(Date.parse(parsed.validTo)).toBeGreaterThan(now + 9 * 365 * 86_400_000);
    expect(key).toContain("PRIVATE KEY");
  });
});
