import { diagnosisOfImport } from "./diagnosis-of-import";
import { diagnosisOfRestore } from "./diagnosis-of-restore";

/** What a task's description means: title, cause, what to check, remedy. */
export const diagnosis = { ...diagnosisOfImport, ...diagnosisOfRestore } as const;
