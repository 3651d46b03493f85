import type { OssFiles } from "@/sandbox/oss/oss-files";
import type { LiveScenario } from "@/sandbox/scenario/live-scenario";
import { RdsError } from "./rds-error";
import type { InstanceRecord, RdsRecords } from "./records";

/** What every call works on. */
export interface RdsContext {
  records: RdsRecords;
  /** Writes `records` to disk before the answer leaves. */
  save(): void;
  now(): number;
  regionId: string;
  accountId: string;
  timeFactor: number;
  scenario: LiveScenario;
  objects: OssFiles;
  /** Where it is reached, `http://127.0.0.1:1234`: links to download backups begin with it. */
  origin(): string;
  /** Signs those links. */
  accessKeySecret: string;
}

export interface RdsCall {
  parameters: ReadonlyMap<string, string>;
  requestId: string;
  /** The how-manieth call of its action, from 1. */
  count: number;
  /** Set by a call whose answer the scenario loses: it has happened, but the caller never hears of it. */
  isAnswerLost: boolean;
}

/** In the scenario of it, the first accepted call of this name has happened and is never answered. */
export function loseAnswerOnce({ records, scenario }: RdsContext, call: RdsCall, name: string): void {
  const lost = records.lostAftercareCalls ?? [];
  if (!scenario.current.loseOneAnswerEach || lost.includes(name)) return;
  records.lostAftercareCalls = [...lost, name];
  call.isAnswerLost = true;
}

export type RdsAction = (context: RdsContext, call: RdsCall) => object | Promise<object>;

/** A mandatory parameter. Throws RdsError with the gateway's code, for example MissingDBName. */
export function requireParameter(call: RdsCall, name: string): string {
  const value = call.parameters.get(name);
  if (value === undefined || value === "") {
    throw new RdsError("MissingParameter", {
      as: `Missing${name}`,
      message: `${name} is mandatory for this action.`,
    });
  }
  return value;
}

/** A whole number within bounds, its default when absent. Throws RdsError InvalidPageSize and the like. */
export function integerParameter(
  call: RdsCall,
  name: string,
  bounds: { default: number; min: number; max: number },
): number {
  const text = call.parameters.get(name) ?? "";
  if (text === "") return bounds.default;
  const value = Number(text);
  if (!Number.isInteger(value) || value < bounds.min || value > bounds.max) {
    throw new RdsError("InvalidParameter", {
      as: `Invalid${name}`,
      message: `Specified parameter ${name} is not valid.`,
    });
  }
  return value;
}

/** The instance a call names. Calls of migration know an unknown one by another code than the rest. */
export function getInstance(
  context: RdsContext,
  call: RdsCall,
  unknown:
    | "InvalidDBInstanceName.NotFound"
    | "InvalidDBInstanceId.NotFound" = "InvalidDBInstanceName.NotFound",
): InstanceRecord {
  const id = requireParameter(call, "DBInstanceId");
  const instance = context.records.instances.find((one) => one.instanceId === id);
  if (instance === undefined) throw new RdsError(unknown);
  return instance;
}

/** One page of a list with the numbers RDS puts beside it. */
export function pageOf<T>(call: RdsCall, rows: readonly T[], sizes: { default: number; max: number }) {
  const number = integerParameter(call, "PageNumber", { default: 1, min: 1, max: 1_000_000 });
  const size = integerParameter(call, "PageSize", { ...sizes, min: 1 });
  const page = rows.slice((number - 1) * size, number * size);
  return { rows: page, PageNumber: number, PageRecordCount: page.length, TotalRecordCount: rows.length };
}

/** `yyyy-MM-ddTHH:mm:ssZ`, as RDS answers. */
export function formatInstant(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 19)}Z`;
}

/** `yyyy-MM-ddTHH:mmZ`, as RDS asks. Throws RdsError InvalidStartTimeAndEndTime.Malformed. */
export function parseMinute(text: string): number {
  const atMs = /^\d{4}-\d\d-\d\dT\d\d:\d\dZ$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(atMs)) throw new RdsError("InvalidStartTimeAndEndTime.Malformed");
  return atMs;
}

/** StartTime and EndTime of a call. */
export function windowOf(call: RdsCall): { fromMs: number; toMs: number } {
  const fromMs = parseMinute(requireParameter(call, "StartTime"));
  const toMs = parseMinute(requireParameter(call, "EndTime"));
  if (toMs < fromMs) throw new RdsError("InvalidStartTimeAndEndTime.Malformed");
  return { fromMs, toMs };
}
