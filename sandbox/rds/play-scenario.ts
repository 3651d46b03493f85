import type { Scenario } from "@/sandbox/scenario/scenario";
import { SANDBOX_INSTANCE_ID } from "./initial-records";
import { freeBytesAt } from "./instance-space";
import type { InstanceRecord, RdsRecords } from "./records";
import { databasesAt } from "./task-standing";

const SMALL_BYTES = 16 * 1024 ** 2;
const RUNNING = "Running";
const ARCHIVE = "dw_archive";

/** Puts what a scenario says about the instance and the account into the records when it begins, and takes it back at its end. */
export function playScenario(records: RdsRecords, current: Scenario, before: Scenario, nowMs: number): void {
  const instance = records.instances.find((one) => one.instanceId === SANDBOX_INSTANCE_ID);
  if (instance === undefined) return;
  if (current.isImportRoleMissing !== before.isImportRoleMissing) {
    records.importRolePresent = !current.isImportRoleMissing;
  }
  const { instanceVersion } = current;
  if (instanceVersion !== before.instanceVersion) {
    const own = instance.own ?? {
      engineVersion: instance.engineVersion,
      category: instance.category,
      databaseVersion: instance.databaseVersion,
    };
    Object.assign(instance, instanceVersion ?? own, { own });
  }
  if (current.instanceStatus !== before.instanceStatus) instance.status = current.instanceStatus ?? RUNNING;
  const countChanges = current.isInstanceFull !== before.isInstanceFull;
  const spaceChanges = current.instanceFreeBytes !== before.instanceFreeBytes;
  // What ends goes before what begins comes: each is measured by what else is there.
  if (countChanges) remove(records, (name) => name !== ARCHIVE);
  if (spaceChanges) remove(records, (name) => name === ARCHIVE);
  const archive = spaceChanges ? current.instanceFreeBytes : null;
  if (countChanges && current.isInstanceFull) {
    fillWithDatabases(records, instance, archive === null ? 0 : 1, nowMs);
  }
  if (archive !== null) fillDisk(records, instance, archive, nowMs);
}

function remove(records: RdsRecords, isFiller: (name: string) => boolean): void {
  records.databases = records.databases.filter((one) => !(one.isFiller === true && isFiller(one.name)));
}

function add(records: RdsRecords, instance: InstanceRecord, name: string, sizeBytes: number): void {
  const { instanceId, collation } = instance;
  records.databases.push({ instanceId, name, collation, description: "", sizeBytes, isFiller: true });
}

/** Up to what the class allows, but for `spared` that are still to come. */
function fillWithDatabases(
  records: RdsRecords,
  instance: InstanceRecord,
  spared: number,
  nowMs: number,
): void {
  const missing = instance.maxDatabases - databasesAt(records, instance, nowMs).length - spared;
  for (let number = 1; number <= missing; number += 1) {
    add(records, instance, `tenant_${String(number).padStart(3, "0")}`, SMALL_BYTES);
  }
}

function fillDisk(records: RdsRecords, instance: InstanceRecord, freeBytes: number, nowMs: number): void {
  add(records, instance, ARCHIVE, freeBytesAt(records, instance, nowMs) - freeBytes);
}
