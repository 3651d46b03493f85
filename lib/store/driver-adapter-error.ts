import { DriverAdapterError } from "@prisma/driver-adapter-utils";

/** Rethrows a PostgreSQL error as Prisma's engine expects it; anything else as it is. For `.catch(...)`. */
export function throwDriverAdapterError(error: unknown): never {
  if (error instanceof Error && "severity" in error && "code" in error) {
    const text = (key: string) => {
      const value: unknown = Reflect.get(error, key);
      return typeof value === "string" ? value : undefined;
    };
    throw new DriverAdapterError({
      kind: "postgres",
      code: text("code") ?? "N/A",
      severity: text("severity") ?? "N/A",
      message: error.message,
      detail: text("detail"),
      column: text("column"),
      hint: text("hint"),
    });
  }
  throw error;
}
