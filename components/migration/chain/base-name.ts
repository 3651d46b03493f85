/** The last part of a path, of Windows or of Linux; the path itself when it has but one. */
export function baseName(path: string): string {
  return path.split(/[\\/]/).findLast((part) => part !== "") ?? path;
}
