import type { Clients } from "@/lib/context/context";

export interface RecordedCall {
  service: "source" | "objects" | "rds";
  method: string;
  /** Milliseconds since 1970. */
  fromMs: number;
  toMs: number;
}

/** From here on every call of these clients is written into the list that is returned, whoever makes it. */
export function recordCalls(clients: Clients): RecordedCall[] {
  const calls: RecordedCall[] = [];
  const { source, objects, rds } = clients;
  clients.source = async (id) => recording("source", await source(id), calls);
  clients.objects = async (id) => recording("objects", await objects(id), calls);
  clients.rds = async (id) => recording("rds", await rds(id), calls);
  return calls;
}

function recording<T extends object>(service: RecordedCall["service"], client: T, calls: RecordedCall[]): T {
  return new Proxy(client, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== "function") return value;
      return (...args: unknown[]): unknown => {
        const fromMs = now();
        const answer: unknown = Reflect.apply(value, target, args);
        if (!(answer instanceof Promise)) return answer;
        return answer.finally(() => calls.push({ service, method: String(name), fromMs, toMs: now() }));
      };
    },
  });
}

/** As exact as the machine tells it; the product's own instants have whole milliseconds. */
function now(): number {
  return performance.timeOrigin + performance.now();
}
