import { timingSafeEqual } from "node:crypto";
import { SqlError } from "../tsql/sql-error";

export interface LoginRules {
  user: string;
  password: string;
  /** Accounts of the domain, `CORP\user`, that log in by NTLM. */
  windows?: readonly { account: string; password: string }[];
  /** Logins that are refused although they exist, with what the server says: disabled, expired, locked. */
  refused?: Readonly<Record<string, { number: number; state?: number; message: string }>>;
}

/** What a client offers as proof: a password, or an answer to the NTLM challenge. */
export type LoginProof =
  | { kind: "password"; user: string; password: string }
  | { kind: "windows"; account: string; proves(password: string): boolean };

/** The login's name as the server spells it, or why it is refused. */
export function checkLogin(proof: LoginProof, rules: LoginRules): string | SqlError {
  const name = proof.kind === "password" ? proof.user : proof.account;
  const refusal = rules.refused?.[name.toLowerCase()];
  if (refusal) {
    return new SqlError(refusal.number, 14, refusal.message, { state: refusal.state ?? 1 });
  }
  if (proof.kind === "windows") {
    const known = rules.windows?.find(({ account }) => account.toLowerCase() === name.toLowerCase());
    if (!known) {
      const text =
        "Login failed. The login is from an untrusted domain and cannot be used with Integrated authentication.";
      return new SqlError(18452, 14, text);
    }
    return proof.proves(known.password) ? known.account : loginFailed(name);
  }
  const known = name.toLowerCase() === rules.user.toLowerCase() && sameSecret(proof.password, rules.password);
  return known ? rules.user : loginFailed(name);
}

/** As the server tells it to a client: the state says nothing. */
export function loginFailed(name: string): SqlError {
  return new SqlError(18456, 14, `Login failed for user '${name}'.`);
}

function sameSecret(given: string, expected: string): boolean {
  const a = Buffer.from(given, "utf8");
  const b = Buffer.from(expected, "utf8");
  return a.length === b.length && timingSafeEqual(a, b);
}
