/** A source that a migration has closed. By the standing: `held` in the cutover, `kept` once the target is online. */
export const custody = {
  "title.held": "The source is closed since {time}",
  "title.releasing": "The source is being opened again; it is closed since {time}",
  "title.stuck": "The source is still closed, since {time}",
  "title.kept": "The source stays closed, since {time}",
  "title.left": "The source was left closed, since {time}",
  "how.restricted_user": "Only privileged logins may connect to {database}.",
  "how.norecovery_tail": "{database} is RESTORING since its last log was taken: nobody can connect.",
  "text.held": "“Go back” gives it back, and so does cancelling the migration.",
  "text.releasing": "Chainferry asks the server until it says ONLINE, open to the same users as before.",
  "text.stuck":
    "Chainferry could not open it, and tries again by itself. Let it reach the server, or run the statements below there. Once the server says ONLINE, open to the same users as before, this note goes.",
  "text.kept":
    "The target has taken its place: nobody shall write here any more. Should the old database ever be needed, run the statements below on the server.",
  "text.left":
    "An earlier version cancelled this migration without opening it. Run the statements below on the server.",
  "statements.held": "Should Chainferry not reach the server, run there:",
  give_up: "The server is gone for good…",
  "give_up.title": "Give up the source {database}?",
  "give_up.text":
    "Chainferry stops asking its server and ends what was asked for on your word. Should the server come back, the database is still closed there: keep the statements.",
  "give_up.name": "Type {database} to confirm",
  "give_up.mismatch": "This is not {database}.",
  "give_up.confirm": "Give it up",
  "give_up.keep": "Keep asking",
  "give_up.failed": "It was not given up",
  statements: "On the source server:",
} as const;
