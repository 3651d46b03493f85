export const check = {
  title: "Consistency check mode",
  async: "Asynchronous DBCC",
  "async.text":
    "Online within about a minute, then DBCC CHECKDB runs while it is used: the shortest downtime.",
  sync: "Synchronous DBCC",
  "sync.text":
    "DBCC CHECKDB first; the database is online only after its verdict. On large databases this takes hours, all of it downtime.",
} as const;
