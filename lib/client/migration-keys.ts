/** Where answers about migrations are kept. */
export const migrationKeys = {
  all: ["migrations"] as const,
  list: ["migrations", "list"] as const,
  detail: (id: string) => ["migrations", "detail", id] as const,
  events: (id: string) => ["migrations", "events", id] as const,
};

export const migrationPath = (id: string) => `/api/migrations/${encodeURIComponent(id)}`;
