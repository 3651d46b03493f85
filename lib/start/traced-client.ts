import type { Clients } from "@/lib/context/context";
import type { InSpan } from "@/lib/diagnosis/in-span";

type System = "sql_server" | "oss" | "rds";

/** The same clients, each of whose calls is a span: by the method's name, without what it is called with. */
export function tracedClients<Made extends Clients>(clients: Made, inSpan: InSpan): Made {
  const source = keeping<Awaited<ReturnType<Clients["source"]>>>("sql_server", inSpan);
  const objects = keeping<Awaited<ReturnType<Clients["objects"]>>>("oss", inSpan);
  const rds = keeping<Awaited<ReturnType<Clients["rds"]>>>("rds", inSpan);
  return {
    ...clients,
    source: async (id) => source(await clients.source(id)),
    objects: async (id) => objects(await clients.objects(id)),
    rds: async (id) => rds(await clients.rds(id)),
    openSource: async (settings, password) => source(await clients.openSource(settings, password)),
    openObjects: async (settings, secret) => objects(await clients.openObjects(settings, secret)),
    openRds: async (settings, secret) => rds(await clients.openRds(settings, secret)),
  };
}

/** One of each client for as long as it lives: what is kept of a client is found again. */
function keeping<Client extends object>(system: System, inSpan: InSpan): (client: Client) => Client {
  const made = new WeakMap<Client, Client>();
  return (client) => {
    const known = made.get(client) ?? traced(client, system, inSpan);
    made.set(client, known);
    return known;
  };
}

function traced<Client extends object>(client: Client, system: System, inSpan: InSpan): Client {
  const held = new Map<string | symbol, object>();
  return new Proxy(client, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value === "object" && value !== null) {
        const known = held.get(name) ?? traced(value, system, inSpan);
        held.set(name, known);
        return known;
      }
      if (typeof value !== "function") return value;
      return (...words: unknown[]): unknown => {
        const answer: unknown = Reflect.apply(value, target, words);
        // The same store by another way; anything else that answers at once asks nobody.
        if (name === "by" && typeof answer === "object" && answer !== null)
          return traced(answer, system, inSpan);
        if (!(answer instanceof Promise)) return answer;
        const span = { name: `${system} ${String(name)}`, attributes: { "peer.service": system } };
        return inSpan({ ...span, kind: "client" }, () => answer);
      };
    },
  });
}
