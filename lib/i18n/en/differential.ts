/** A differential that is proposed instead of logs that wait: why, what both cost, when to take it. */
export const differential = {
  "why.budget":
    "{logs} logs wait, {left, plural, =0 {no import is left} one {# import is left} other {# imports are left}} today: a differential backup takes one",
  "why.time": "A differential backup is faster than the {logs} logs that wait",
  "why.imports": "A differential backup takes one import instead of {logs}",
  "way.logs": "{logs} logs, {bytes}",
  "way.differential": "One differential backup, at most {most}",
  cost: "{imports, plural, one {# import} other {# imports}}, {time}",
  what: "It holds every page that was changed since the full, each once; how large it gets is known only once it is taken, so its cost is that of the largest it can be. Logs that ended before it are left out; the next log follows it.",
  now: "Take it now, before the next log.",
  at: "RDS is at a file: take it at {time}, so that it holds what is written until then and is there in time.",
  take: "Take the differential backup",
} as const;
