import type { Virtualizer } from "@tanstack/react-virtual";
import { type RefObject, useEffect, useLayoutEffect, useRef } from "react";

/** Whoever sends something wants to see it. */
export function useFollowOwn(waiting: number, follow: () => void): void {
  const latest = useRef(follow);
  const before = useRef(waiting);
  useEffect(() => {
    latest.current = follow;
  });
  useEffect(() => {
    if (waiting > before.current) latest.current();
    before.current = waiting;
  }, [waiting]);
}

/**
 * A composer that grows, or a keyboard that opens, must not cover the end that was in sight; nor may what comes in
 * leave it, also where the thread was so short that there was nothing to scroll.
 */
export function useStayAtEnd(scroller: RefObject<HTMLElement | null>, list: Virtualizer<HTMLDivElement, Element>): void {
  const end = useRef(() => list.scrollToEnd());
  useEffect(() => {
    end.current = () => list.scrollToEnd();
  });
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    let atEnd = true;
    const look = () => (atEnd = element.scrollHeight - element.scrollTop - element.clientHeight < 60);
    const watch = new ResizeObserver(() => atEnd && end.current());
    watch.observe(element);
    for (const part of element.children) watch.observe(part);
    element.addEventListener("scroll", look, { passive: true });
    return () => {
      watch.disconnect();
      element.removeEventListener("scroll", look);
    };
  }, [scroller]);
}

/**
 * What changes its height above the reader moves nothing that they see, also while they scroll up: the oldest message
 * that was here loses its sender's name when an earlier one of the same run arrives.
 */
export function useSteadyAbove(list: Virtualizer<HTMLDivElement, Element>): void {
  const one = useRef(list);
  useLayoutEffect(() => {
    one.current.shouldAdjustScrollPositionOnItemSizeChange = (item, _, at) => item.start < (at.scrollOffset ?? 0);
  }, []);
}
