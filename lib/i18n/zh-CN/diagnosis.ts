import type { diagnosis as english } from "../en/diagnosis";
import { diagnosisOfImport } from "./diagnosis-of-import";
import { diagnosisOfRestore } from "./diagnosis-of-restore";

export const diagnosis: Record<keyof typeof english, string> = {
  ...diagnosisOfImport,
  ...diagnosisOfRestore,
};
