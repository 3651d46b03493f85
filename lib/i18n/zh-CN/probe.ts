import type { probe as english } from "../en/probe";
import { probeOfCloud } from "./probe-of-cloud";
import { probeOfRights } from "./probe-of-rights";
import { probeOfSource } from "./probe-of-source";

export const probe: Record<keyof typeof english, string> = {
  ...probeOfSource,
  ...probeOfRights,
  ...probeOfCloud,
  unknown: "无法检查此项。",
};
