import type { Messages } from "../message-key";
import { advance } from "./advance";
import { chain } from "./chain";
import { connections } from "./connections";
import { cutover } from "./cutover";
import { diagnosis } from "./diagnosis";
import { error } from "./error";
import { event } from "./event";
import { files } from "./files";
import { format } from "./format";
import { migration } from "./migration";
import { migrations } from "./migrations";
import { needs } from "./needs";
import { probe } from "./probe";
import { provider } from "./provider";
import { records } from "./records";
import { shell } from "./shell";
import { status } from "./status";
import { timeline } from "./timeline";
import { verdict } from "./verdict";
import { wizard } from "./wizard";

/** Simplified Chinese. Typed by English: a missing key does not compile. */
export const zhCn: Messages = {
  advance,
  timeline,
  files,
  chain,
  connections,
  cutover,
  diagnosis,
  error,
  event,
  format,
  migration,
  migrations,
  needs,
  probe,
  provider,
  records,
  shell,
  status,
  verdict,
  wizard,
};
