import { compareKeys } from "./bucket-files";

export interface KeyListing {
  keys: string[];
  commonPrefixes: string[];
  isTruncated: boolean;
  /** The last key or common prefix of the page; listing goes on after it. "" when the page is the last. */
  next: string;
}

/** How many of `sorted` are not after `marker`. */
function countUpTo(sorted: readonly string[], marker: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareKeys(sorted[middle] ?? "", marker) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * One page of a listing as ListObjects defines it: keys after `after` that start with `prefix`, those that hold
 * `delimiter` behind the prefix rolled up; keys and roll-ups together count against `limit`.
 */
export function listKeys(
  sorted: readonly string[],
  query: { prefix: string; delimiter: string; after: string; limit: number },
): KeyListing {
  const listing: KeyListing = { keys: [], commonPrefixes: [], isTruncated: false, next: "" };
  const from = compareKeys(query.after, query.prefix) < 0 ? query.prefix : query.after;
  let index = countUpTo(sorted, from);
  if (from === query.prefix && query.after !== query.prefix && index > 0 && sorted[index - 1] === from)
    index -= 1;
  let last = query.after;
  for (; index < sorted.length; index += 1) {
    const key = sorted[index] ?? "";
    if (!key.startsWith(query.prefix)) break;
    const cut = query.delimiter === "" ? -1 : key.indexOf(query.delimiter, query.prefix.length);
    const entry = cut < 0 ? key : key.slice(0, cut + query.delimiter.length);
    if (cut >= 0 && (entry === last || (query.after !== "" && compareKeys(entry, query.after) <= 0)))
      continue;
    if (listing.keys.length + listing.commonPrefixes.length >= query.limit) {
      listing.isTruncated = true;
      listing.next = last;
      break;
    }
    (cut < 0 ? listing.keys : listing.commonPrefixes).push(entry);
    last = entry;
  }
  return listing;
}
