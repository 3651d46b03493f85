/** After a migration: what of it goes from the bucket. */
export const cleanup = {
  open: "Clean up the bucket…",
  title: "Clean up the bucket",
  text: "The database does not need these files any more. Keep them as long as you may want to begin again from them.",
  keep: "Keep everything",
  confirm: "{count, plural, one {Delete # object} other {Delete # objects}}",
  confirm_bucket:
    "{count, plural, one {Delete # object and the bucket} other {Delete # objects and the bucket}}",
  confirm_name: "Type {bucket} to delete the bucket too",
  total: "{count, plural, one {# entry} other {# entries}}, {size}",
  none: "Nothing of this migration is left in the bucket.",
  original: "The original of a file that was unpacked or renamed",
  upload: "An upload that was never ended; its parts are charged and go too",
  bucket: "Delete the bucket {bucket} as well",
  bucket_stays:
    "{count, plural, =0 {The bucket stays: something of this migration is kept in it.} other {The bucket stays: other objects are in it.}}",
  choose: "Choose at least one object.",
  misnamed: "Type the name exactly: {bucket}",
  done: "{count, plural, one {# object deleted.} other {# objects deleted.}}",
  load_failed: "The bucket could not be read",
  failed: "Not everything was deleted",
  "wait.running": "The migration is not over: RDS may still have to read these files.",
  "wait.importing": "RDS still reads one of these files.",
} as const;
