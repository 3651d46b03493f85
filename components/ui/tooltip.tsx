"use client";

import {
  type FocusEvent,
  type PointerEvent,
  type ReactNode,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { createPortal } from "react-dom";

const DELAY_MS = 300;
const OFFSET = 6;
const MARGIN = 8;

/**
 * Words on hover and focus of a control, which must have a name of its own: `handlers` go onto it, `bubble` beside it.
 */
export function useTooltip(text: ReactNode) {
  const [control, setControl] = useState<Element | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const wait = (run: () => void, ms: number) => {
    if (timer.current) clearTimeout(timer.current);
    timer.current = setTimeout(run, ms);
  };
  const hide = () => {
    if (timer.current) clearTimeout(timer.current);
    setControl(null);
  };
  useEffect(() => () => void (timer.current && clearTimeout(timer.current)), []);
  const handlers = {
    onPointerEnter: ({ pointerType, currentTarget }: PointerEvent) => {
      if (pointerType !== "touch") wait(() => setControl(currentTarget), DELAY_MS);
    },
    onPointerLeave: hide,
    onPointerDown: hide,
    onFocus: ({ currentTarget }: FocusEvent) => {
      if (currentTarget.matches(":focus-visible")) setControl(currentTarget);
    },
    onBlur: hide,
    onKeyDown: hide,
  };
  return { handlers, bubble: control ? <Bubble control={control}>{text}</Bubble> : null };
}

/** Above the control, below it where there is no room, never beyond the window's edge. */
function Bubble({ control, children }: { control: Element; children: ReactNode }) {
  const bubble = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const own = bubble.current;
    if (!own) return;
    const { top, bottom, left, width } = control.getBoundingClientRect();
    const above = top - own.offsetHeight - OFFSET;
    const middle = left + width / 2 - own.offsetWidth / 2;
    const rightmost = document.documentElement.clientWidth - own.offsetWidth - MARGIN;
    own.style.top = `${above >= MARGIN ? above : bottom + OFFSET}px`;
    own.style.left = `${Math.max(MARGIN, Math.min(middle, rightmost))}px`;
  }, [control]);
  return createPortal(
    <div
      ref={bubble}
      role="tooltip"
      className="pointer-events-none fixed z-50 max-w-80 rounded-md border border-border-strong bg-surface px-2.5 py-1.5 text-cap text-fg shadow-overlay"
    >
      {children}
    </div>,
    document.body,
  );
}
