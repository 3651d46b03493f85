export const rehearsal = {
  title: "This is a rehearsal",
  text: "Nobody stops writes: the source stays open, and its backups are COPY_ONLY, outside of its own chain. The database is opened under a throw-away name; what it took goes into the forecast of the real migration.",
  "drop.later": "{database} can be dropped once it is online.",
  "drop.due": "{database} takes space and one of the instance’s databases until it is dropped.",
  "drop.done": "{database} was dropped at {at}.",
  drop: "Drop the rehearsal…",
  "drop.title": "Drop {database}?",
  "drop.text": "RDS deletes this database with everything in it. The source and what was measured stay.",
  "drop.confirm": "Drop the database",
  "drop.failed": "It was not dropped",
  "drop.name": "Type {database} to confirm",
  "drop.mismatch": "This is not {database}",
} as const;
