import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import { errorCode } from "@/lib/diagnosis/error-code";

/** Enough to tell later whether this very process still runs. */
export interface ProcessIdentity {
  pid: number;
  host: string;
  /** Linux only, null elsewhere: which boot, which pid namespace (container), and the start in ticks since boot. */
  bootId: string | null;
  pidNamespace: string | null;
  startTicks: string | null;
}

export function readOwnIdentity(): ProcessIdentity {
  return {
    pid: process.pid,
    host: hostname(),
    bootId: readBootId(),
    pidNamespace: readPidNamespace(),
    startTicks: readStat(process.pid)?.startTicks ?? null,
  };
}

/**
 * By process ids alone. `unseen`: on another machine or boot, or in another container, where its pid means nothing here;
 * host names say nothing by themselves, clones share them. A pid that now belongs to a process with another start time, and
 * a zombie, count as dead.
 */
export function findLife(other: ProcessIdentity): "alive" | "dead" | "unseen" {
  if (other.host !== hostname() || other.bootId !== readBootId()) return "unseen";
  if (other.pidNamespace !== readPidNamespace()) return "unseen";
  if (!hasProcess(other.pid)) return "dead";
  const stat = readStat(other.pid);
  if (stat === null) return "alive";
  if (stat.state === "Z" || stat.state === "X") return "dead";
  return other.startTicks === null || other.startTicks === stat.startTicks ? "alive" : "dead";
}

function hasProcess(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there and belongs to somebody else.
    return errorCode(error) === "EPERM";
  }
}

/** Fields 3 and 22 of /proc/PID/stat (man 5 proc). The second, the name, may hold spaces and brackets. */
function readStat(pid: number): { state: string; startTicks: string } | null {
  const text = readOrNull(() => readFileSync(`/proc/${pid}/stat`, "utf8"));
  if (text === null) return null;
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const [state, startTicks] = [fields[0], fields[19]];
  return state === undefined || startTicks === undefined ? null : { state, startTicks };
}

function readBootId(): string | null {
  return readOrNull(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim());
}

function readPidNamespace(): string | null {
  return readOrNull(() => readlinkSync("/proc/self/ns/pid"));
}

function readOrNull(read: () => string): string | null {
  try {
    return read();
  } catch {
    return null;
  }
}
