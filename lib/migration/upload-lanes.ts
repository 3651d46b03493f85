/** Parts of a file on their way to OSS at once, at most: OSS takes more from one sender, but a file's reader is full before. */
export const MOST_LANES = 16;
