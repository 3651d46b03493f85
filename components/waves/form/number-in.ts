/** A number that was typed; null: nothing was; undefined: it is none from `least` to `most`. */
export function numberIn(text: string, least: number, most: number): number | null | undefined {
  const trimmed = text.trim().replace(",", ".");
  if (trimmed === "") return null;
  const value = Number(trimmed);
  return Number.isFinite(value) && value >= least && value <= most ? value : undefined;
}
