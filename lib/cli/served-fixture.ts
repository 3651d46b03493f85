import { type ChildProcess, spawn } from "node:child_process";
import { createServer, type Server } from "node:net";

export interface Served {
  child: ChildProcess;
  /** What it has printed so far, on both streams. */
  output: () => string;
  ended: Promise<number | null>;
}

/** Starts `chainferry serve` as `npm start` does, in an environment of its own. */
export function startServed(
  { environment, node = [] }: { environment: Record<string, string>; node?: string[] },
  ...args: string[]
): Served {
  const child = spawn(process.execPath, [...node, "scripts/run.mjs", "chainferry", "serve", ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NODE_ENV: "production", ...environment },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output += chunk;
    });
  }
  const ended = new Promise<number | null>((settle) => child.once("close", settle));
  return { child, output: () => output, ended };
}

export function listenSomewhere(): Promise<{ server: Server; port: number }> {
  return new Promise((settle, fail) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      if (typeof address === "object" && address !== null) settle({ server, port: address.port });
      else fail(new Error("No port"));
    });
  });
}

/** What a printed link carries. */
export function tokenOf(output: string): string {
  return /\/enter#(\S+)/.exec(output)?.[1] ?? "";
}

/** By a link, as its page does; the cookie. Throws what the server says otherwise. */
export async function signInByLink(base: string, token: string): Promise<string> {
  const answer = await fetch(`${base}/api/sign-in/link`, {
    method: "POST",
    headers: { origin: base, "content-type": "application/json" },
    body: JSON.stringify({ token }),
  });
  if (!answer.ok) throw new Error(await answer.text());
  const [cookie = ""] = (answer.headers.get("set-cookie") ?? "").split(";");
  return cookie;
}
