export const schedule = {
  title: "Rounds",
  text: "After the full, differential or log backups close the data gap. This can be changed at any time.",
  manual: "By hand",
  "manual.text": "You press the button for each round.",
  every: "At an interval",
  "every.text": "A round begins every so many minutes.",
  back_to_back: "Back to back",
  "back_to_back.text": "One after the other until a log backup is small enough to cut over.",
  minutes: "Minutes between rounds",
  until: "Until a log backup is under (MB)",
  backup: "Each round takes",
  log: "a log backup",
  differential: "a differential backup",
  number: "A whole number from 1 to {max}",
  over_budget:
    "That is {perDay} imports a day; RDS takes 20 and two are kept for the cutover. Rounds would wait. From {minutes} minutes up it fits.",
} as const;
