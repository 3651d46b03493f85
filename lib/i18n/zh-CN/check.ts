import type { check as english } from "../en/check";

export const check: Record<keyof typeof english, string> = {
  title: "一致性检查方式",
  async: "异步执行DBCC",
  "async.text": "约一分钟内上线，之后在使用期间执行 DBCC CHECKDB：停机最短。",
  sync: "同步执行DBCC",
  "sync.text": "先执行 DBCC CHECKDB，有结论后数据库才上线。大型数据库可能需要数小时，全部计入停机。",
};
