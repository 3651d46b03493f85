import { expect, test } from "vitest";
import { forecastDowntime } from "@/lib/forecast/forecast-downtime";
import { forecastSimulated } from "./forecast";
import { HISTORY_KINDS, simulateCutover } from "./simulated-history";

test("most simulated cutovers end within their P90, and half of them near their P50", () => {
  const outcomes = forecastSimulated({ seed: 7, cutovers: 60 });
  const covered = outcomes.filter((outcome) => outcome.covered).length / outcomes.length;
  const errors = outcomes.map(({ error }) => error).sort((a, b) => a - b);
  expect(covered).toBeGreaterThan(0.78);
  expect(errors[30]).toBeLessThan(0.14);
  expect(new Set(outcomes.map(({ cutover }) => cutover.kind))).toEqual(new Set(HISTORY_KINDS));
});

test("a seed gives the same cutover and the same forecast", () => {
  const forecast = () => {
    const cutover = simulateCutover(3, "bursty");
    return { cutover, forecast: forecastDowntime({ ...cutover, limitBytes: 500e6 }) };
  };
  expect(forecast()).toEqual(forecast());
});
