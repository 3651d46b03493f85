interface Dated<At> {
  id: string;
  createdAt: At;
}

/**
 * Order of the list of migrations: the newest first, of one instant the later id, so that whoever puts a new one in its place finds the
 * same. Instants are dates, or texts of ISO 8601 in UTC with milliseconds, which compare as they follow one another.
 */
export function newestFirst<At extends Date | string>(a: Dated<At>, b: Dated<At>): number {
  if (a.createdAt > b.createdAt) return -1;
  if (a.createdAt < b.createdAt) return 1;
  return a.id > b.id ? -1 : Number(a.id < b.id);
}
