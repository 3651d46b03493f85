import type { PrismaClient } from "@/lib/store/generated/client";

type Question =
  | "findUnique"
  | "findUniqueOrThrow"
  | "findFirst"
  | "findFirstOrThrow"
  | "findMany"
  | "count"
  | "aggregate"
  | "groupBy";

type Table = Exclude<keyof PrismaClient, `$${string}` | symbol>;

/** The store for those who may only read. */
export type ReadDb = {
  readonly [T in Table]: Pick<PrismaClient[T], Extract<Question, keyof PrismaClient[T]>>;
};
