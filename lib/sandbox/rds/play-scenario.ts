import type { Scenario } from "@/lib/sandbox/scenario";
import { SANDBOX_INSTANCE_ID } from "./initial-records";
import { freeBytesAt } from "./instance-space";
import type { InstanceRecord, RdsRecords } from "./records";
import { databasesAt } from "./task-standing";

const SMALL_BYTES = 16 * 1024 ** 2;
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
    const own = instance.own ?? { engineVersion: instance.engineVersion, category: instance.category };
    Object.assign(instance, instanceVersion ?? own, { own });
  }
  if (current.isInstanceFull !== before.isInstanceFull) {
    fillWithDatabases(records, instance, current.isInstanceFull, nowMs);
  }
  if (current.instanceFreeBytes !== before.instanceFreeBytes) {
    fillDisk(records, instance, current.instanceFreeBytes, nowMs);
  }
}

function remove(records: RdsRecords, isFiller: (name: string) => boolean): void {
  records.databases = records.databases.filter((one) => !(one.isFiller === true && isFiller(one.name)));
}

function add(records: RdsRecords, instance: InstanceRecord, name: string, sizeBytes: number): void {
  const { instanceId, collation } = instance;
  records.databases.push({ instanceId, name, collation, description: "", sizeBytes, isFiller: true });
}

function fillWithDatabases(
  records: RdsRecords,
  instance: InstanceRecord,
  isFull: boolean,
  nowMs: number,
): void {
  remove(records, (name) => name !== ARCHIVE);
  const missing = isFull ? instance.maxDatabases - databasesAt(records, instance, nowMs).length : 0;
  for (let number = 1; number <= missing; number += 1) {
    add(records, instance, `tenant_${String(number).padStart(3, "0")}`, SMALL_BYTES);
  }
}

function fillDisk(
  records: RdsRecords,
  instance: InstanceRecord,
  freeBytes: number | null,
  nowMs: number,
): void {
  remove(records, (name) => name === ARCHIVE);
  if (freeBytes === null) return;
  add(records, instance, ARCHIVE, freeBytesAt(records, instance, nowMs) - freeBytes);
}
