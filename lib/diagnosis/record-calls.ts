/**
 * A client whose method calls are told to `note`, by name and arguments, before they are made: what fails can then be
 * named by the call it was. Methods run on the client itself, so what they call inside is not told.
 */
export function recordCalls<Client extends object>(
  client: Client,
  note: (method: string, args: readonly unknown[]) => void,
): Client {
  return new Proxy(client, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== "function" || typeof name !== "string") return value;
      return (...args: unknown[]): unknown => {
        note(name, args);
        return Reflect.apply(value, target, args);
      };
    },
  });
}
