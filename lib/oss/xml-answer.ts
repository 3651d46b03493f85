import { z } from "zod";

/**
 * Documents as ali-oss's XML reader gives them: all is text, an element that is missing may be so or empty, and one that may
 * come several times is itself or a list of them.
 */

/** An element's text; null where it is missing or empty. */
export const xmlText = z.string().min(1).nullable().catch(null);

/** An element's number, written as digits; null where it is none. */
export const xmlNumber = z
  .unknown()
  .optional()
  .transform((value) => {
    const number = value === undefined || value === null || value === "" ? Number.NaN : Number(value);
    return Number.isFinite(number) ? number : null;
  });

/** An element that may come several times; what is not what it should be is left out. */
export function xmlList<T extends z.ZodType>(item: T) {
  return z
    .unknown()
    .optional()
    .transform((value): z.output<T>[] => {
      const elements: unknown[] = Array.isArray(value) ? value : value === undefined ? [] : [value];
      return elements.flatMap((element) => {
        const parsed = item.safeParse(element);
        return parsed.success ? [parsed.data] : [];
      });
    });
}
