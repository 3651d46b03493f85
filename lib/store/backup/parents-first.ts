/**
 * Tables by generation: each refers only to tables of generations before its own. Throws Error when they refer to one another in
 * a circle, which no table of ours does.
 */
export function parentsFirst(
  tables: readonly string[],
  references: readonly { child: string; parent: string }[],
): string[][] {
  const generations: string[][] = [];
  const placed = new Set<string>();
  let left = [...tables];
  while (left.length > 0) {
    const next = left.filter((table) =>
      references.every(
        ({ child, parent }) => child !== table || placed.has(parent) || !tables.includes(parent),
      ),
    );
    if (next.length === 0) throw new Error(`Tables refer to one another: ${left.join(", ")}`);
    generations.push(next);
    for (const table of next) placed.add(table);
    left = left.filter((table) => !placed.has(table));
  }
  return generations;
}
