/** Names of this machine in a URL (`hostname`). */
export const OWN_HOSTS: ReadonlySet<string> = new Set(["127.0.0.1", "localhost", "[::1]"]);
