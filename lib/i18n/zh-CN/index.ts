import type { Messages } from "../en/index";
import { advance } from "./advance";
import { aftercare } from "./aftercare";
import { audit } from "./audit";
import { browse } from "./browse";
import { bucket } from "./bucket";
import { bulk } from "./bulk";
import { chain } from "./chain";
import { check } from "./check";
import { cleanup } from "./cleanup";
import { connections } from "./connections";
import { custody } from "./custody";
import { cutover } from "./cutover";
import { diagnosis } from "./diagnosis";
import { differential } from "./differential";
import { drift } from "./drift";
import { entry } from "./entry";
import { error } from "./error";
import { event } from "./event";
import { explanation } from "./explanation";
import { field } from "./field";
import { files } from "./files";
import { forecast } from "./forecast";
import { format } from "./format";
import { history } from "./history";
import { hook } from "./hook";
import { immediate } from "./immediate";
import { migration } from "./migration";
import { migrations } from "./migrations";
import { needs } from "./needs";
import { notice } from "./notice";
import { object } from "./object";
import { people } from "./people";
import { plan } from "./plan";
import { policy } from "./policy";
import { preflight } from "./preflight";
import { probe } from "./probe";
import { provider } from "./provider";
import { readiness } from "./readiness";
import { records } from "./records";
import { rehearsal } from "./rehearsal";
import { report } from "./report";
import { sandbox } from "./sandbox";
import { schedule } from "./schedule";
import { script } from "./script";
import { settings } from "./settings";
import { share } from "./share";
import { shell } from "./shell";
import { status } from "./status";
import { timeline } from "./timeline";
import { unread } from "./unread";
import { upload } from "./upload";
import { verdict } from "./verdict";
import { views } from "./views";
import { wall } from "./wall";

import { wave } from "./wave";

import { wayback } from "./wayback";

import { wizard } from "./wizard";

/** Simplified Chinese. Typed by English: a missing key does not compile. */
export const zhCn: Messages = {
  advance,
  aftercare,
  timeline,
  field,
  files,
  audit,
  browse,
  bucket,
  bulk,
  chain,
  check,
  cleanup,
  connections,
  custody,
  cutover,
  diagnosis,
  differential,
  entry,
  error,
  event,
  explanation,
  forecast,
  format,
  history,
  hook,
  immediate,
  migration,
  migrations,
  drift,
  needs,
  notice,
  object,
  people,
  plan,
  policy,
  preflight,
  probe,
  provider,
  readiness,
  records,
  rehearsal,
  report,
  sandbox,
  schedule,
  script,
  settings,
  share,
  shell,
  status,
  unread,
  upload,
  verdict,
  views,
  wall,
  wave,
  wayback,
  wizard,
};
