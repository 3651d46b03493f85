"use client";

import { type RefObject, useEffect, useState } from "react";

export interface Span {
  /** Pixels from the start of the content. */
  from: number;
  to: number;
}

/**
 * The part of a scrolling element that is seen, along one axis and rounded outwards to whole steps: while one scrolls
 * within a step nothing is drawn again.
 */
export function useSpan(scroller: RefObject<HTMLElement | null>, axis: "x" | "y", step: number): Span {
  const [span, setSpan] = useState<Span>({ from: 0, to: step * 3 });
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const measure = () => {
      const start = axis === "x" ? element.scrollLeft : element.scrollTop;
      const length = axis === "x" ? element.clientWidth : element.clientHeight;
      const from = Math.max(0, (Math.floor(start / step) - 1) * step);
      const to = (Math.ceil((start + length) / step) + 1) * step;
      setSpan((before) => (before.from === from && before.to === to ? before : { from, to }));
    };
    measure();
    element.addEventListener("scroll", measure, { passive: true });
    const size = new ResizeObserver(measure);
    size.observe(element);
    return () => {
      element.removeEventListener("scroll", measure);
      size.disconnect();
    };
  }, [scroller, axis, step]);
  return span;
}
