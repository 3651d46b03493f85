import {
  getInstance,
  loseAnswerOnce,
  pageOf,
  type RdsCall,
  type RdsContext,
  requireParameter,
} from "./rds-context";
import { RdsError } from "./rds-error";
import { databasesAt, isSameName } from "./task-standing";

const ACCOUNT_TYPES = new Set(["Normal", "Super", "Sysadmin"]);
const PRIVILEGES = new Set(["ReadWrite", "ReadOnly", "DBOwner"]);
const RESERVED = new Set(["sa", "admin", "root", "public", "guest", "dbo", "sys", "system"]);
const MOST_ACCOUNTS = 500;

/** 8 to 32 characters of at least three of four classes. */
function isGoodPassword(password: string): boolean {
  const classes = [/[a-z]/, /[A-Z]/, /\d/, /[!@#$%^&*()_+\-=]/].filter((one) => one.test(password));
  return /^[A-Za-z0-9!@#$%^&*()_+\-=]{8,32}$/.test(password) && classes.length >= 3;
}

/** CreateAccount. The password is checked and forgotten: nobody logs in to the sandbox's RDS. */
export function createAccount(context: RdsContext, call: RdsCall): object {
  const { records } = context;
  const instance = getInstance(context, call);
  const name = requireParameter(call, "AccountName");
  const password = requireParameter(call, "AccountPassword");
  const type = call.parameters.get("AccountType") ?? "Normal";
  if (instance.status !== "Running") throw new RdsError("IncorrectDBInstanceState");
  if (RESERVED.has(name.toLowerCase())) throw new RdsError("InvalidAccountName.Forbid");
  if (!/^[a-z][a-z0-9_]{0,62}[a-z0-9]$/.test(name)) throw new RdsError("InvalidAccountName.Malformed");
  if (!isGoodPassword(password)) throw new RdsError("InvalidAccountPassword.Format");
  if (!ACCOUNT_TYPES.has(type)) throw new RdsError("InvalidParameter", { as: "InvalidAccountType" });
  const own = records.accounts.filter((account) => account.instanceId === instance.instanceId);
  if (own.some((account) => account.name === name)) throw new RdsError("InvalidAccountName.Duplicate");
  if (own.length >= MOST_ACCOUNTS) throw new RdsError("AccountLimitExceeded");
  records.accounts.push({
    instanceId: instance.instanceId,
    name,
    type,
    description: call.parameters.get("AccountDescription") ?? "",
    checkPolicy: call.parameters.get("CheckPolicy") === "true",
    privileges: [],
  });
  loseAnswerOnce(context, call, "CreateAccount");
  context.save();
  return {};
}

/** DescribeAccounts. */
export function describeAccounts(context: RdsContext, call: RdsCall): object {
  const instance = getInstance(context, call);
  const name = call.parameters.get("AccountName") ?? "";
  const accounts = context.records.accounts.filter(
    (account) => account.instanceId === instance.instanceId && (name === "" || account.name === name),
  );
  const { rows, PageNumber, TotalRecordCount } = pageOf(call, accounts, { default: 30, max: 200 });
  const DBInstanceAccount = rows.map((account) => ({
    DBInstanceId: instance.instanceId,
    AccountName: account.name,
    AccountStatus: "Available",
    AccountType: account.type,
    AccountDescription: account.description,
    CheckPolicy: account.checkPolicy,
    DatabasePrivileges: {
      DatabasePrivilege: account.privileges.map((one) => ({
        DBName: one.databaseName,
        AccountPrivilege: one.privilege,
      })),
    },
  }));
  return { PageNumber, TotalRecordCount, Accounts: { DBInstanceAccount } };
}

/** GrantAccountPrivilege: one privilege an account and database; not while the database is being restored. */
export function grantAccountPrivilege(context: RdsContext, call: RdsCall): object {
  const { records } = context;
  const instance = getInstance(context, call);
  const accountName = requireParameter(call, "AccountName");
  const databaseName = requireParameter(call, "DBName");
  const privilege = requireParameter(call, "AccountPrivilege");
  if (!PRIVILEGES.has(privilege)) throw new RdsError("InvalidAccountPrivilege.Malformed");
  const account = records.accounts.find(
    (one) => one.instanceId === instance.instanceId && one.name === accountName,
  );
  if (account === undefined) throw new RdsError("InvalidAccountName.NotFound");
  const database = databasesAt(records, instance, context.now()).find((one) =>
    isSameName(one.name, databaseName),
  );
  if (database === undefined) throw new RdsError("InvalidDBName.NotFound");
  if (database.status !== "Running") throw new RdsError("DbRestoring");
  account.privileges = [
    ...account.privileges.filter((one) => !isSameName(one.databaseName, databaseName)),
    { databaseName: database.name, privilege },
  ];
  context.save();
  return {};
}
