import { openStore } from "@/lib/store/open-store";

/**
 * The second process of the store's tests: opens the folder named by its argument and commits rows as fast as it
 * can, printing each number after its commit returned. Prints the AppError's reason when the store does not open.
 */
async function writeUntilKilled(folder: string): Promise<void> {
  const store = await openStore({ databaseUrl: null, folder });
  process.stdout.write("open\n");
  let next = await store.db.person.count();
  for (;;) {
    const id = String(next);
    await store.db.$transaction(async (tx) => {
      await tx.person.create({ data: { id, name: id, role: "viewer" } });
      await tx.setting.upsert({
        where: { key: "last" },
        create: { key: "last", value: id },
        update: { value: id },
      });
    });
    process.stdout.write(`${id}\n`);
    next += 1;
  }
}

writeUntilKilled(process.argv[2] ?? "").catch((error: unknown) => {
  process.stdout.write(`${JSON.stringify(error)}\n`);
  process.exitCode = 1;
});
