/** A time in which no cutover begins; ISO 8601, UTC. */
interface Span {
  from: string;
  until: string;
}

/** The freeze that an instant (milliseconds since 1970) lies in, the one that ends last; null: none. Its end is outside. */
export function freezeAt<Freeze extends Span>(freezes: readonly Freeze[], ms: number): Freeze | null {
  const over = freezes.filter(({ from, until }) => Date.parse(from) <= ms && ms < Date.parse(until));
  return over.reduce<Freeze | null>(
    (last, one) => (last && Date.parse(last.until) >= Date.parse(one.until) ? last : one),
    null,
  );
}

/** The first instant from `ms` on that lies in no freeze: they may follow one another without a gap. */
export function firstOutside(freezes: readonly Span[], ms: number): number {
  const freeze = freezeAt(freezes, ms);
  return freeze ? firstOutside(freezes, Date.parse(freeze.until)) : ms;
}

/** Whether somebody may approve what was asked for: whoever asked may not, under whatever name. */
export function mayApprove(asked: { byId: string }, person: { id: string }): boolean {
  return asked.byId !== person.id;
}
