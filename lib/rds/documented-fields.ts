import { loadSdk } from "./load-sdk";

/** A model of the SDK as a class: its fields' names on the wire, and what they hold. */
interface ModelClass {
  names(): Record<string, string>;
  types(): Record<string, unknown>;
}

const MOST_LEVELS = 8;

/**
 * The fields that an answer of RDS or RAM may have by the SDK's own model of it, as paths (`Items.MigrateTask.Status`):
 * `DescribeMigrateTasks` by its `DescribeMigrateTasksResponseBody`. Null: the SDK has no such call.
 */
export async function documentedFields(action: string): Promise<string[] | null> {
  const { rds, ram } = await loadSdk();
  const name = `${action}ResponseBody`.toLowerCase();
  for (const models of [rds, ram]) {
    const found = Object.keys(models).find((key) => key.toLowerCase() === name);
    const model: unknown = found === undefined ? undefined : Reflect.get(models, found);
    if (isModel(model)) return fieldsOf(model, "", 0);
  }
  return null;
}

function fieldsOf(model: ModelClass, path: string, level: number): string[] {
  const types = model.types();
  return Object.entries(model.names()).flatMap(([field, wire]) => {
    const at = path === "" ? wire : `${path}.${wire}`;
    const inner = innerOf(types[field]);
    if (inner === "any") return [`${at}.*`];
    return inner === null || level >= MOST_LEVELS ? [at] : [at, ...fieldsOf(inner, at, level + 1)];
  });
}

/** The model that a field holds, one or a list of; null: a plain value. A map has keys of its own. */
function innerOf(type: unknown): ModelClass | "any" | null {
  if (isModel(type)) return type;
  if (typeof type !== "object" || type === null) return null;
  if (Reflect.get(type, "type") === "map") return "any";
  return innerOf(Reflect.get(type, "itemType"));
}

function isModel(value: unknown): value is ModelClass {
  return (
    typeof value === "function" &&
    typeof Reflect.get(value, "names") === "function" &&
    typeof Reflect.get(value, "types") === "function"
  );
}
