import type { UploadedPart } from "./uploaded-part";

/** The `Part` of a ListParts answer as ali-oss leaves it: nothing, one object, or an array; all values are texts. */
export function toUploadedParts(parts: unknown): UploadedPart[] {
  const list: unknown[] = Array.isArray(parts) ? parts : parts === undefined || parts === "" ? [] : [parts];
  return list.flatMap((part) => {
    const number = Number(field(part, "PartNumber"));
    if (!Number.isInteger(number) || number < 1) return [];
    return [
      {
        number,
        etag: field(part, "ETag") ?? "",
        sizeBytes: Number(field(part, "Size") ?? 0),
        crc64: field(part, "HashCrc64ecma"),
      },
    ];
  });
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

function field(part: unknown, key: string): string | null {
  const value: unknown = typeof part === "object" && part !== null ? Reflect.get(part, key) : undefined;
  return typeof value === "string" && value !== "" ? value : null;
}
