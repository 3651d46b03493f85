import { BrowserUploadReceipt, BrowserUploadView } from "@/lib/contracts/browser-upload";
import type { BrowserUpload } from "@/lib/store/generated/client";
import { partCount } from "./load-upload";

/** A row as it goes over the wire. OSS's own upload id stays here: with it alone nothing can be done, and nothing needs it. */
export function uploadView(row: BrowserUpload): BrowserUploadView {
  return {
    id: row.id,
    name: row.name,
    objectKey: row.objectKey,
    sizeBytes: Number(row.sizeBytes),
    modifiedMs: Number(row.modifiedMs),
    state: BrowserUploadView.shape.state.parse(row.state),
    partSize: row.partSize,
    partCount: partCount(row),
    createdAt: row.createdAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    receipt: BrowserUploadReceipt.nullable().parse(row.receipt),
  };
}
