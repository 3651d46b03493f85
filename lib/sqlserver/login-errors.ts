/** An ERROR token of a login; the driver keeps only its text. */
export interface LoginError {
  number: number;
  /** Says more than the number where a server tells it: 5 no such login, 8 wrong password. Mostly 1: not told. */
  state: number;
}

/** Keeps the ERROR tokens of one connection attempt, in the order they came. */
export function noteLoginErrors(
  connection: { on(event: string, listener: (token: { number?: number; state?: number }) => void): unknown },
  into: LoginError[],
): void {
  into.length = 0;
  connection.on("errorMessage", (token) => {
    if (token.number !== undefined) into.push({ number: token.number, state: token.state ?? 1 });
  });
}

/** What the login failed for: 18456 only sums up where another error stands beside it. `18456/8` with a told state. */
export function loginErrorCode(errors: readonly LoginError[]): { number: number; code: string } | null {
  const said = errors.find(({ number }) => number !== 18456) ?? errors[0];
  if (!said) return null;
  const told = said.number === 18456 && said.state > 1;
  return { number: said.number, code: told ? `${said.number}/${said.state}` : String(said.number) };
}
