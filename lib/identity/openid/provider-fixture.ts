import { createHash, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import http from "node:http";
import type { AddressInfo } from "node:net";

/** What a provider says otherwise than it should, or of whom it speaks. */
export interface Unkind {
  /** Claims of the ID token beside, or instead of, the right ones; undefined leaves one out. */
  claims?: Record<string, unknown>;
  /** What the document says otherwise. */
  document?: Record<string, unknown>;
  /** The token is signed by a key that is not among those of the provider. */
  foreignKey?: boolean;
  /** What the user-info endpoint tells. */
  userInfo?: Record<string, unknown>;
  /** The token endpoint's refusal. */
  tokenError?: string;
}

export interface TestProvider {
  issuer: string;
  unkind: Unkind;
  /** A new key; the one before is forgotten. */
  rotateKey(): void;
  /** As a browser that signs in there: the query with which it is sent back. */
  signIn(url: string): string;
  close(): Promise<void>;
}

interface Key {
  privateKey: KeyObject;
  publicKey: KeyObject;
  kid: string;
}

/** For tests: a provider of one person, `ann` of group `dbas`, that does what `unkind` says. It asks for PKCE. */
export async function startTestProvider(clientId: string): Promise<TestProvider> {
  let key = makeKey("1");
  const asked = new Map<string, URLSearchParams>();
  const server = http.createServer((request, response) => {
    let body = "";
    request.on("data", (piece) => {
      body += piece;
    });
    request.on("end", () => {
      const { status, json } = answer(new URL(request.url ?? "/", provider.issuer).pathname, body);
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(json));
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const provider: TestProvider = {
    issuer: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    unkind: {},
    rotateKey: () => {
      key = makeKey(`${key.kid}1`);
    },
    signIn: (url) => {
      const query = new URL(url).searchParams;
      const code = `code-${asked.size + 1}`;
      asked.set(code, query);
      return new URLSearchParams({ code, state: query.get("state") ?? "" }).toString();
    },
    close: () =>
      new Promise((closed) => {
        server.closeAllConnections();
        server.close(() => closed());
      }),
  };

  function answer(path: string, body: string): { status: number; json: unknown } {
    const { issuer, unkind } = provider;
    if (path === "/.well-known/openid-configuration") {
      const json = {
        ...{ issuer, authorization_endpoint: `${issuer}/authorize`, token_endpoint: `${issuer}/token` },
        ...{ jwks_uri: `${issuer}/keys`, end_session_endpoint: `${issuer}/end` },
        ...(unkind.userInfo ? { userinfo_endpoint: `${issuer}/me` } : {}),
        id_token_signing_alg_values_supported: ["ES256"],
        ...unkind.document,
      };
      return { status: 200, json };
    }
    if (path === "/keys") {
      const jwk = key.publicKey.export({ format: "jwk" });
      return { status: 200, json: { keys: [{ ...jwk, kid: key.kid, use: "sig", alg: "ES256" }] } };
    }
    if (path === "/me") return { status: 200, json: { sub: "ann-1", ...unkind.userInfo } };
    return token(new URLSearchParams(body));
  }

  function token(form: URLSearchParams): { status: number; json: unknown } {
    const { issuer, unkind } = provider;
    const code = form.get("code") ?? "";
    const query = asked.get(code);
    asked.delete(code);
    const challenge = createHash("sha256")
      .update(form.get("code_verifier") ?? "")
      .digest("base64url");
    if (unkind.tokenError !== undefined) return { status: 400, json: { error: unkind.tokenError } };
    if (query?.get("code_challenge") !== challenge) return { status: 400, json: { error: "invalid_grant" } };
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      ...{ iss: issuer, sub: "ann-1", aud: clientId, iat: now, exp: now + 300, nonce: query.get("nonce") },
      ...{ auth_time: now, preferred_username: "ann", groups: ["dbas"] },
      ...unkind.claims,
    };
    const signing = unkind.foreignKey ? { ...makeKey(key.kid), kid: key.kid } : key;
    const id_token = signedToken(claims, signing);
    return { status: 200, json: { access_token: "at-1", token_type: "Bearer", expires_in: 60, id_token } };
  }

  return provider;
}

function makeKey(kid: string): Key {
  return { ...generateKeyPairSync("ec", { namedCurve: "P-256" }), kid };
}

/** RFC 7515, ES256. */
function signedToken(claims: object, { privateKey, kid }: Key): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const text = `${part({ alg: "ES256", kid })}.${part(claims)}`;
  const signature = sign("sha256", Buffer.from(text), { key: privateKey, dsaEncoding: "ieee-p1363" });
  return `${text}.${signature.toString("base64url")}`;
}
