/**
 * Why a file was refused or set aside: `what` follows a colon, `needed` and `why` are sentences of their own. `next` says
 * which backup goes on with the chain; `atLsn` is `none` while the target is empty and `unknown` where nobody knows it.
 */
export const verdict = {
  refused: "{file} was refused: {what}",
  whole: "{what}. {needed} {why}",
  next: "{atLsn, select, none {a full backup of this database} unknown {the log backup that follows on the target, or a differential on the imported full} other {the log backup that begins at or before LSN {atLsn} and ends after it, or a differential on the imported full that ends after it}}",
  "what.gap": "a log backup is missing before it",
  "needed.gap":
    "Needed: {fromLsn, select, none {{next}} other {the log backup of LSN {fromLsn}{toLsn, select, none { onwards} other { to {toLsn}}}, or a differential on the imported full that bridges it}}.",
  "why.gap": "Log backups can only be restored without a hole between them.",
  "what.no-full": "there is no full backup to begin with",
  "needed.no-full": "Needed: a full backup of this database, complete and in one file.",
  "why.no-full": "A restore begins with a full backup; differentials and logs only continue one.",
  "what.incomplete": "it is not complete",
  "needed.incomplete":
    "Needed: the whole file. Wait until its upload has ended, or upload it again and compare its size with the original.",
  "why.incomplete": "Its last LSN stands at its end, so what it covers is not known before.",
  "what.duplicate": "it is a copy of a backup that is already there",
  "needed.duplicate": "Nothing is needed in its place; the chain goes on with {next}.",
  "why.duplicate": "One copy is enough, and each import counts against the 20 a day.",
  "what.not-needed": "the target needs nothing of it",
  "needed.not-needed": "Nothing is needed in its place; the chain goes on with {next}.",
  "why.not-needed": "What it holds is on the target or comes with another backup, and each import counts.",
  "what.too-early": "it ends before the point that the target has reached",
  "needed.too-early": "Nothing is needed in its place; the chain goes on with {next}.",
  "why.too-early": "The target holds all of it already.",
  "what.wrong-database": "it is a backup of another database",
  "needed.wrong-database": "Needed: {next}.",
  "why.wrong-database": "A chain is of one database; the header says which, whatever the file is called.",
  "what.wrong-base": "it is a differential on another full backup",
  "needed.wrong-base": "Needed: {next}.",
  "why.wrong-base":
    "A differential holds only what changed since its own full backup. If another tool took a full in between, differentials build on that one from then on: pause the tool and go on with log backups.",
  "what.fork": "it is of another recovery path: the source was restored in between",
  "needed.fork":
    "Needed: {next}, of the path that the target is on. If the source has no such backup, begin a new migration with a new full.",
  "why.fork":
    "{fromLsn, select, none {Its content} other {LSN {fromLsn}{toLsn, select, none {} other { to {toLsn}}}}} belongs to a history that the target does not share.",
  "what.ambiguous": "nothing proves that it belongs to this chain",
  "needed.ambiguous": "Needed: {next}, or a word from the source: family GUID and recovery fork.",
  "why.ambiguous":
    "Names and LSNs prove nothing: databases of one name, copies and restored databases count alike. A wrong guess would be imported for good.",
  "what.missing-stripe": "it is one part of a striped backup",
  "needed.missing-stripe": "Needed: the same backup in a single file.",
  "why.missing-stripe": "RDS takes one file per backup, and a part alone restores nothing.",
  "what.unreadable": "it is no backup that can be read",
  "needed.unreadable": "Needed: {next}, intact and without encryption.",
  "why.unreadable": "What a backup is stands in its header, and the header of this one cannot be read.",
  "what.full-instead-of-log": "it is a full backup where a log backup was due",
  "needed.full-instead-of-log": "Needed: {next}.",
  "why.full-instead-of-log":
    "A full backup begins a chain and cannot continue one, whatever its name or suffix says.",
  "what.several-sets": "it holds several backup sets",
  "needed.several-sets":
    "Needed: a differential in a file of its own (WITH FORMAT, INIT), which bridges the logs in it: a log cannot be backed up a second time. If it holds no log, the same backup in a file of its own.",
  "why.several-sets": "RDS restores only files with a single backup set.",
  "what.other": "it does not continue the chain",
  "needed.other": "Needed: {next}.",
  "why.other": "Only what continues the chain is handed to RDS.",
  "what.by_person": "a person said so",
} as const;
