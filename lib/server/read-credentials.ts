import type { Credentials } from "./ctx-registry";
import { CLIENT_HEADER } from "./open-streams";
import { ownOrigin, sessionToken } from "./session-cookie";

const BEARER = /^Bearer ([A-Za-z0-9_-]{1,200})$/;

/** What a request says of who sends it, and from where. `get`: one of its headers. */
export function readCredentials(get: (header: string) => string | null, requestId: string): Credentials {
  return {
    token: sessionToken(ownOrigin(get), get("cookie") ?? ""),
    machineKey: BEARER.exec(get("authorization") ?? "")?.[1] ?? null,
    caller: {
      ...{ address: get(CLIENT_HEADER) ?? "", userAgent: get("user-agent") ?? "" },
      ...{ origin: ownOrigin(get), requestId },
    },
  };
}
