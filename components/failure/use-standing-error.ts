import { useState } from "react";

interface Asked {
  data: unknown;
  error: unknown;
  errorUpdateCount: number;
}

/**
 * Why nothing could be read yet: it stands while the question is asked again and again by itself, until an answer comes. Null
 * before the first failure, and once there is something to show.
 */
export function useStandingError({ data, error, errorUpdateCount }: Asked): unknown {
  const [last, setLast] = useState(error);
  if (error && error !== last) setLast(error);
  return data === undefined && errorUpdateCount > 0 ? (error ?? last) : null;
}
