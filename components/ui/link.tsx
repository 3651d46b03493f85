"use client";

import { useRouter } from "next/navigation";
import type { ComponentProps, MouseEvent } from "react";

type LinkProps = ComponentProps<"a"> & { href: string };

/**
 * A link within the product, without loading the page anew: `next/link` with what we use of it, at a tenth of its weight. What
 * it leads to is asked for when pointer or focus come near. Presses that mean another tab or a download stay the browser's.
 */
export function Link({ href, onClick, target, download, children, ...rest }: LinkProps) {
  const router = useRouter();
  const leaves = download !== undefined || (target !== undefined && target !== "_self");
  const near = () => {
    if (!leaves) router.prefetch(href);
  };
  const go = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    const { defaultPrevented, button, metaKey, ctrlKey, shiftKey, altKey } = event;
    if (leaves || defaultPrevented || button !== 0 || metaKey || ctrlKey || shiftKey || altKey) return;
    event.preventDefault();
    router.push(href);
  };
  return (
    <a
      {...rest}
      href={href}
      target={target}
      download={download}
      onClick={go}
      onPointerEnter={near}
      onFocus={near}
    >
      {children}
    </a>
  );
}
