import { z } from "zod";
import type { UploadedPart } from "./uploaded-part";
import { xmlList, xmlNumber, xmlText } from "./xml-answer";

const Part = z.object({
  PartNumber: xmlNumber,
  ETag: xmlText,
  Size: xmlNumber,
  HashCrc64ecma: xmlText,
});
const Parts = xmlList(Part);

/** The `Part` of a ListParts answer as the XML reader leaves it. */
export function toUploadedParts(parts: unknown): UploadedPart[] {
  return Parts.parse(parts).flatMap(({ PartNumber: number, ETag, Size, HashCrc64ecma }) =>
    number === null || !Number.isInteger(number) || number < 1
      ? []
      : [{ number, etag: ETag ?? "", sizeBytes: Size ?? 0, crc64: HashCrc64ecma }],
  );
}

/** The marker of the next page, null on the last one. `IsTruncated` is the text `true` or `false`. */
export function nextPartMarker(
  page: { isTruncated: unknown; nextPartNumberMarker?: unknown },
  parts: readonly UploadedPart[],
): number | null {
  if (page.isTruncated !== "true" && page.isTruncated !== true) return null;
  const marker = Number(page.nextPartNumberMarker ?? parts.at(-1)?.number);
  return Number.isInteger(marker) && marker > 0 ? marker : null;
}
