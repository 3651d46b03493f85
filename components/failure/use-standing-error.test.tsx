// @vitest-environment happy-dom
import { renderHook } from "@testing-library/react";
import { expect, test } from "vitest";
import { useStandingError } from "./use-standing-error";

test("a failure stands while it is asked again, and goes with the first answer", () => {
  const error = new Error("offline");
  const { result, rerender } = renderHook(useStandingError, {
    initialProps: { data: undefined as unknown, error: null as unknown, errorUpdateCount: 0 },
  });
  expect(result.current).toBeNull();
  rerender({ data: undefined, error, errorUpdateCount: 1 });
  expect(result.current).toBe(error);
  rerender({ data: undefined, error: null, errorUpdateCount: 1 });
  expect(result.current).toBe(error);
  rerender({ data: {}, error: null, errorUpdateCount: 1 });
  expect(result.current).toBeNull();
});
