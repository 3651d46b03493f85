/** What is asked of many migrations at once, on the list. */
export const bulk = {
  all: "Select all",
  select: "Select {name}",
  selected: "{count} selected",
  clear: "Clear",
  take_log: "Log backup now",
  pause: "Pause uploads",
  go_on: "Continue uploads",
  hold: "Arm cutovers…",
  "hold.title":
    "{count, plural, one {Arm the cutover of # migration?} other {Arm the cutovers of # migrations?}}",
  "hold.text":
    "Each is armed if it is ready, and begins when a person releases it. Rounds go on; nothing is touched before.",
  "hold.confirm": "Arm",
  release: "Begin armed…",
  "release.title": "{count, plural, one {Begin # armed cutover now?} other {Begin # armed cutovers now?}}",
  "release.text": "They begin at once, side by side: writes are stopped on each.",
  "release.others":
    "{count, plural, one {# other is not armed, and is left as it is.} other {# others are not armed, and are left as they are.}}",
  "release.type": "Type {count} to begin",
  "release.mismatch": "That is another number.",
  "release.confirm": "Begin now",
  archive: "Archive…",
  "archive.title": "{count, plural, one {Archive # migration?} other {Archive # migrations?}}",
  "archive.text":
    "The list does without them; all is kept, and can be brought back. Those that still go on stay.",
  "archive.confirm": "Archive",
  asking: "Asked {asked} of {count}",
  done: "{what}: {done} of {wanted}",
  "did.take_log": "Log backup asked for",
  "did.pause": "Uploads paused",
  "did.go_on": "Uploads continued",
  "did.hold": "Armed",
  "did.release": "Begun",
  "did.archive": "Archived",
  not_met: "Not met: {condition}. {todo}",
  not_asked:
    "{count, plural, one {# more was} other {# more were}} not asked: nobody answers, or you are signed out.",
};
