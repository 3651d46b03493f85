export const cutover = {
  title: "Cut over {database}",
  "gates.title": "Gates: {met} of {total} met",
  "gates.all": "All gates are met.",
  "gates.soft": "What is open costs downtime, but does not forbid the cutover.",
  "gates.open":
    "Not all gates are met. The list says what is missing; what clears by itself needs only time.",
  "stop.title": "How are writes stopped?",
  "stop.restricted_user": "Chainferry stops them",
  "stop.restricted_user.tag": "Recommended",
  "stop.restricted_user.text":
    "Sets RESTRICTED_USER, closes the sessions of others, then takes the final log WITH NORECOVERY: the source goes to Restoring and nobody can write to it.",
  "stop.restricted_user.back":
    "The way back: one statement makes the source writable again, in about ten seconds. Until the database is opened on RDS nothing is lost.",
  "stop.operator": "I have stopped them",
  "stop.operator.text":
    "You stopped the applications. Chainferry takes the last log and imports it. What is written after that log is not on the target.",
  "stop.operator.back": "The way back: start the applications again. The source stays online all the time.",
  "stop.only_operator":
    "Backups of this migration are taken by others, so the final log is yours to take, after writes are stopped. Put it into the bucket before you go on.",
  "confirm.label": "Type the database name to confirm: {name}",
  "confirm.hint": "Opening ends the restore: no further log can be imported after it.",
  "confirm.wrong": "This is not {name} yet. Capitals count.",
  forecast:
    "Forecast downtime, from the stop of writes to online: {range}, with a last log of about {bytes}. Half of such cutovers end within the first, nine of ten within the second.",
  "forecast.none": "No forecast yet: the full is not restored.",
  "deadline.minutes": "Longest downtime, in minutes",
  "deadline.hint":
    "Counted from the stop of writes until RDS is asked to open the database. Empty: no limit.",
  "deadline.tight": "The forecast does not fit into that in one case of ten or more.",
  "deadline.wrong": "A whole number of minutes from 1 to {most}, or nothing.",
  "deadline.after": "When that is passed, or the forecast says that it will be",
  "deadline.take_back": "Take the cutover back",
  "deadline.take_back.text":
    "By itself, whoever watches: the source takes writes again, and the migration stands between rounds.",
  "deadline.ask": "Ask me",
  "deadline.ask.text": "The cutover goes on and the page asks for a decision.",
  "deadline.set.take_back":
    "Deadline: {minutes} min after the stop of writes, then it is taken back by itself.",
  "deadline.set.ask": "Deadline: {minutes} min after the stop of writes, then you are asked.",
  "deadline.until.take_back": "Deadline of {minutes} min at {time}, then it is taken back by itself.",
  "deadline.until.ask": "Deadline of {minutes} min at {time}, then you are asked.",
  "deadline.passed.take_back":
    "The deadline of {minutes} min was passed at {time}: the cutover is taken back.",
  "deadline.passed.ask": "The deadline of {minutes} min was passed at {time}: go back, or let it go on.",
  "taken_back.title": "The last cutover was taken back by its deadline of {minutes} min",
  "taken_back.reached": "The time was over before RDS could be asked to open the database.",
  "taken_back.forecast": "What was left was forecast to last longer than the time that was left.",
  "taken_back.open": "The source takes writes again since {time}.",
  submit: "Stop writes and cut over",
  "submit.operator": "Writes are stopped: cut over",
  failed: "The cutover did not begin",
  "progress.title": "Cutover of {database}",
  "clock.since": "No writes since {time}",
  "clock.before": "Writes are not stopped yet",
  "clock.forecast": "of {clock} forecast",
  "clock.over": "Longer than the forecast of {clock}: see which step takes the time.",
  "clock.result": "Downtime",
  "clock.bar": "{clock} of {forecast} forecast",
  "clock.note": "Counted by the server’s clock, from the stop of writes to online.",
  "part.label": "Steps of the cutover and how long each took",
  "back.title": "How to go back now",
  "back.restricted":
    "Nothing is lost up to here. The source becomes writable again; the database on RDS stays in its restoring state.",
  "back.operator":
    "Nothing is lost up to here: start the applications again. The database on RDS stays in its restoring state.",
  "back.fork": "After that a new differential or full backup may be needed before log rounds can go on.",
  "back.statement": "Chainferry runs on the source:",
  "back.sql": "RESTORE DATABASE [{database}] WITH RECOVERY",
  "back.button": "Go back…",
  "back.confirm": "Go back now",
  "back.sure": "The cutover ends here and users can write to the source again. Go back?",
  "back.stay": "Keep cutting over",
  "back.over":
    "The database is being opened on RDS: from here on, writes made there would have to be carried back by hand.",
  "close.note": "You can close this window: the cutover goes on, and the page shows it.",
  "waiting.title": "Waiting for the cutover to begin",
} as const;
