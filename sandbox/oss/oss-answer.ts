import { xmlDocument } from "./xml-document";

/** What an operation answers; the server adds request id, date and CORS headers. */
export interface OssAnswer {
  status: number;
  headers: Record<string, string>;
  body: string | AsyncIterable<Uint8Array> | null;
}

export function emptyAnswer(status: number, headers: Record<string, string> = {}): OssAnswer {
  return { status, headers, body: null };
}

export function xmlAnswer(root: string, headers: Record<string, string> = {}): OssAnswer {
  return { status: 200, headers: { "Content-Type": "application/xml", ...headers }, body: xmlDocument(root) };
}

/** The sandbox's account, as Owner elements show it. */
export const OWNER_ID = "1899100000000001";
