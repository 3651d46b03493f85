/**
 * Codes of Prisma: not reached, not in time, closed by the other side, no free connection, too many connections.
 * https://www.prisma.io/docs/orm/reference/error-reference
 */
const AWAY_CODES: ReadonlySet<string> = new Set(["P1001", "P1002", "P1008", "P1017", "P2024", "P2037"]);
/**
 * What `pg` says of a connection without giving it a code, and PostgreSQL when it shuts down (57P01 to 57P03). The pool's own words stand in
 * no error class. https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const AWAY_WORDS =
  /Connection terminated|timeout exceeded when trying to connect|terminating connection due to|the database system is (?:starting up|shutting down)/;

/**
 * Whether our own store did not answer: it is restarted, or the way to it is broken. What was asked may or may not have been done, and
 * asking later helps. Told by shape, so that nobody needs Prisma for it.
 */
export function isStoreAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code: unknown = Reflect.get(error, "code");
  if (error.name === "PrismaClientKnownRequestError" && typeof code === "string" && AWAY_CODES.has(code))
    return true;
  const isOfStore = error.name.startsWith("Prisma") || error.name === "DriverAdapterError";
  return (isOfStore || (error.name === "Error" && code === undefined)) && AWAY_WORDS.test(error.message);
}
