import type { OssRequest } from "./oss-request";

export interface PartArrival {
  uploadId: string;
  number: number;
  /** The answer's status; null while the part is on its way, and for ever when its sender hung up. */
  status: number | null;
}

/** Answer of `GET /sandbox/ledger`: every PUT of a part since the start, in order of arrival. */
export interface PartLedger {
  parts: PartArrival[];
}

/** The entry of a request that brings a part; null for every other. */
export function partArrival(request: OssRequest): PartArrival | null {
  const [uploadId, number] = [request.query.get("uploadId"), request.query.get("partNumber")];
  if (request.method !== "PUT" || uploadId === undefined || number === undefined) return null;
  return { uploadId, number: Number(number), status: null };
}
