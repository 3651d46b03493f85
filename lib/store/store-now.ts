import { Prisma } from "./generated/client";

/** Now, by the store's clock: those of machines differ. UTC, in milliseconds, as the columns have it. */
export const STORE_NOW = Prisma.sql`(clock_timestamp() AT TIME ZONE 'UTC')::timestamp(3)`;
