/** What `startSandbox` returns: everything a client needs, nothing of the model inside. Also the JSON line of `chainferry sandbox`. */
export interface SandboxEndpoints {
  sqlServer: {
    host: string;
    port: number;
    user: string;
    password: string;
    /** As SQL Server names its backup folder, `D:\Backup\`. */
    backupFolder: string;
    /** The same folder on this machine. */
    localFolder: string;
    databases: string[];
  };
  oss: { endpoint: string; bucket: string; regionId: string };
  rds: { endpoint: string; regionId: string; instanceId: string };
  accessKeyId: string;
  accessKeySecret: string;
  /** Names joined by commas, as it was started; `GET /sandbox/scenario` at the RDS's endpoint tells what is played now. */
  scenario: string;
  /** How many sandbox seconds pass in one real second. */
  timeFactor: number;
  pid: number;
}

export interface SandboxOptions {
  /** State and files live here; the same folder again goes on where it stopped, with the same ports where free. */
  folder: string;
  scenario?: string;
  timeFactor?: number;
  /** So many more source databases at the first start of the folder, `Shop001` and on; the instance has room for them. */
  moreDatabases?: number;
  /** Fixed ports, 0 or absent: any. */
  ports?: { sqlServer?: number; oss?: number; rds?: number };
}

export interface Sandbox {
  endpoints: SandboxEndpoints;
  stop(): Promise<void>;
}
