import type { OssRequest } from "./oss-request";

/** Orders pairs by name, as both signature versions do; joined pairs would sort `=` among the names. */
export function byName(left: [string, string], right: [string, string]): number {
  return left[0] < right[0] ? -1 : 1;
}

export function joinPair([name, value]: [string, string]): string {
  return value === "" ? name : `${name}=${value}`;
}

export function ossHeaderNames(request: OssRequest): string[] {
  return Object.keys(request.incoming.headers)
    .filter((name) => name.startsWith("x-oss-"))
    .sort();
}
