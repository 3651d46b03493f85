/**
 * A log sequence number: `vlf * 10^15 + block * 10^5 + slot`, as `RESTORE HEADERONLY` and msdb print it
 * (numeric(25,0)). It exceeds 2^53, so it is a `bigint` in code and a string of digits on the wire.
 */
export type Lsn = bigint;

/** Parses a string of up to 25 digits. Throws RangeError on anything else. */
export function parseLsn(text: string): Lsn {
  if (!/^\d{1,25}$/.test(text)) throw new RangeError(`Not an LSN: ${JSON.stringify(text)}`);
  return BigInt(text);
}

export function formatLsn(lsn: Lsn): string {
  return lsn.toString();
}

/** Builds an LSN from its parts: virtual log file, block offset, slot. */
export function lsnOf(vlf: number, block: number, slot: number): Lsn {
  return BigInt(vlf) * 10n ** 15n + BigInt(block) * 10n ** 5n + BigInt(slot);
}
