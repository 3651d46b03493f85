/**
 * A request that did not get through a proxy. Nothing of it has reached the service: `code` is `ProxyUnreachable` (no
 * connection), `ProxyAuthenticationRequired` (407), `ProxyRefused` (any other answer) or `ProxyAddressInvalid`.
 */
export class ProxyError extends Error {
  readonly code: "ProxyUnreachable" | "ProxyAuthenticationRequired" | "ProxyRefused" | "ProxyAddressInvalid";

  constructor(code: ProxyError["code"], message: string, cause?: unknown) {
    super(message, { cause });
    this.name = code;
    this.code = code;
  }
}

/** The error of a proxy's answer to CONNECT, or of its refusal to carry a plain request. */
export function proxyRefusal(proxy: string, status: number): ProxyError {
  return status === 407
    ? new ProxyError("ProxyAuthenticationRequired", `The proxy ${proxy} asks for a login.`)
    : new ProxyError("ProxyRefused", `The proxy ${proxy} answered ${status}.`);
}

/** Whether an error of Node's says that there was no connection: not a byte of a request can have left. */
export function neverConnected(error: unknown): boolean {
  const syscall = error instanceof Error ? Reflect.get(error, "syscall") : undefined;
  return syscall === "connect" || syscall === "getaddrinfo";
}
