/** What never changes about a sandbox database. Sizes are small on purpose: they agree with the backup files. */
export interface TableProfile {
  schema: string;
  name: string;
  objectId: number;
  rows: number;
  /** Rows added in a server second while the database is written to. */
  rowsPerSecond: number;
  columns: readonly { name: string; type: string }[];
}

export interface DatabaseProfile {
  name: string;
  id: number;
  recoveryModel: "FULL" | "SIMPLE";
  collation: string;
  createdDaysAgo: number;
  dataBytes: number;
  logBytes: number;
  /** Bytes of a full backup file. */
  fullBytes: number;
  /** Log written in a server second. */
  logBytesPerSecond: number;
  /** Days of backup history in msdb at the first start; 0: never backed up. */
  historyDays: number;
  firstVlf: number;
  login: string;
  program: string;
  sessions: number;
  tables: readonly TableProfile[];
}

const MB = 1024 * 1024;
const column = (name: string, type: string) => ({ name, type });
const audit = [column("CreatedAt", "datetime2(3)"), column("CreatedBy", "nvarchar(64)")];

let nextObjectId = 245575913;
function table(
  name: string,
  rows: number,
  rowsPerSecond: number,
  ...columns: { name: string; type: string }[]
): TableProfile {
  const [schema = "dbo", bare = name] = name.split(".");
  nextObjectId += 32_000_057;
  return {
    schema,
    name: bare,
    objectId: nextObjectId % 2_100_000_000,
    rows,
    rowsPerSecond,
    columns: [...columns, ...audit],
  };
}

export const USER_DATABASES: readonly DatabaseProfile[] = [
  {
    name: "SalesDB",
    id: 5,
    recoveryModel: "FULL",
    collation: "SQL_Latin1_General_CP1_CI_AS",
    createdDaysAgo: 1460,
    dataBytes: 128 * MB,
    logBytes: 64 * MB,
    fullBytes: 24 * MB,
    logBytesPerSecond: 1800,
    historyDays: 3,
    firstVlf: 4117,
    login: "sales_app",
    program: "SalesWeb",
    sessions: 4,
    tables: [
      table(
        "dbo.Customers",
        48_210,
        0.02,
        column("CustomerId", "int"),
        column("Name", "nvarchar(120)"),
        column("City", "nvarchar(60)"),
      ),
      table(
        "dbo.Products",
        3_140,
        0,
        column("ProductId", "int"),
        column("Sku", "varchar(32)"),
        column("Price", "numeric(12,2)"),
      ),
      table(
        "sales.Orders",
        181_450,
        0.6,
        column("OrderId", "bigint"),
        column("CustomerId", "int"),
        column("Total", "numeric(12,2)"),
      ),
      table(
        "sales.OrderLines",
        226_300,
        1.9,
        column("OrderLineId", "bigint"),
        column("OrderId", "bigint"),
        column("Quantity", "int"),
      ),
      table(
        "sales.Payments",
        176_020,
        0.55,
        column("PaymentId", "bigint"),
        column("OrderId", "bigint"),
        column("Amount", "numeric(12,2)"),
      ),
    ],
  },
  {
    name: "Inventory",
    id: 6,
    recoveryModel: "FULL",
    collation: "Chinese_PRC_CI_AS",
    createdDaysAgo: 980,
    dataBytes: 72 * MB,
    logBytes: 24 * MB,
    fullBytes: 14 * MB,
    logBytesPerSecond: 700,
    historyDays: 3,
    firstVlf: 1290,
    login: "inventory_svc",
    program: "StockService",
    sessions: 2,
    tables: [
      table("dbo.Warehouses", 42, 0, column("WarehouseId", "int"), column("Name", "nvarchar(80)")),
      table(
        "dbo.StockLevels",
        64_800,
        0.01,
        column("WarehouseId", "int"),
        column("ProductId", "int"),
        column("OnHand", "int"),
      ),
      table(
        "dbo.Movements",
        142_905,
        0.7,
        column("MovementId", "bigint"),
        column("ProductId", "int"),
        column("Quantity", "int"),
      ),
    ],
  },
  {
    name: "HRDB",
    id: 7,
    recoveryModel: "FULL",
    collation: "SQL_Latin1_General_CP1_CI_AS",
    createdDaysAgo: 120,
    dataBytes: 40 * MB,
    logBytes: 16 * MB,
    fullBytes: 8 * MB,
    logBytesPerSecond: 250,
    historyDays: 0,
    firstVlf: 61,
    login: "hr_portal",
    program: "HR Portal",
    sessions: 1,
    tables: [
      table("dbo.Departments", 28, 0, column("DepartmentId", "int"), column("Name", "nvarchar(80)")),
      table("dbo.Employees", 1_840, 0.001, column("EmployeeId", "int"), column("FullName", "nvarchar(120)")),
      table("dbo.Attendance", 96_540, 0.2, column("AttendanceId", "bigint"), column("EmployeeId", "int")),
    ],
  },
  {
    name: "LegacyCRM",
    id: 8,
    recoveryModel: "SIMPLE",
    collation: "SQL_Latin1_General_CP1_CI_AS",
    createdDaysAgo: 3650,
    dataBytes: 56 * MB,
    logBytes: 8 * MB,
    fullBytes: 10 * MB,
    logBytesPerSecond: 120,
    historyDays: 2,
    firstVlf: 233,
    login: "crm_legacy",
    program: "CRM Desktop",
    sessions: 1,
    tables: [
      table("dbo.Contacts", 22_610, 0.02, column("ContactId", "int"), column("Name", "nvarchar(120)")),
      table(
        "dbo.Activities",
        88_120,
        0.09,
        column("ActivityId", "int"),
        column("ContactId", "int"),
        column("Note", "nvarchar(400)"),
      ),
    ],
  },
];

export const SYSTEM_DATABASES = [
  { name: "master", id: 1, recoveryModel: "SIMPLE" },
  { name: "tempdb", id: 2, recoveryModel: "SIMPLE" },
  { name: "model", id: 3, recoveryModel: "FULL" },
  { name: "msdb", id: 4, recoveryModel: "SIMPLE" },
] as const;

export function profileOf(name: string): DatabaseProfile | null {
  return USER_DATABASES.find((d) => d.name.toLowerCase() === name.toLowerCase()) ?? null;
}
