import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { COPIES_AN_INSTANCE, FIRST_COPIED_TASK, instanceOfCopy } from "@/lib/store/copy-migration";
import type { RdsRecords } from "@/sandbox/rds/records";

/**
 * What `copyMigration` makes of a migration, in the records of the sandbox's RDS, which must not run: instances, and of each copy the task with its files, the last of
 * which is restored between `fromMs` and `toMs`, one after another in no order of theirs.
 */
export function copyTasks(
  sandboxFolder: string,
  {
    rdsTaskId,
    copies,
    fromMs,
    toMs,
  }: { rdsTaskId: string | null; copies: number; fromMs: number; toMs: number },
): void {
  const path = join(sandboxFolder, "rds.json");
  const records = JSON.parse(readFileSync(path, "utf8")) as RdsRecords;
  const task = records.tasks.find(({ taskId }) => taskId === rdsTaskId);
  const [instance] = records.instances;
  if (instance === undefined) throw new Error("The sandbox has no instance");
  for (let n = 0; n < copies; n += 1) {
    const instanceId = instanceOfCopy(n);
    if (n % COPIES_AN_INSTANCE === 0)
      records.instances.push({ ...instance, instanceId, maxDatabases: 2 * COPIES_AN_INSTANCE });
    if (task === undefined) continue;
    // A step through the copies that visits each once: neighbours on a page do not end together.
    const turn = (n * 7_919) % copies;
    const endsMs = Math.round(fromMs + ((toMs - fromMs) * turn) / copies);
    const files = task.files.map((file, index) =>
      index < task.files.length - 1
        ? file
        : {
            ...file,
            steps: file.steps.map((step, at) =>
              at < file.steps.length - 1 ? step : { ...step, atMs: endsMs },
            ),
          },
    );
    records.tasks.push({
      ...task,
      taskId: String(FIRST_COPIED_TASK + n),
      instanceId,
      databaseName: `Shop_${n}`,
      files,
    });
  }
  writeFileSync(path, JSON.stringify(records));
}
