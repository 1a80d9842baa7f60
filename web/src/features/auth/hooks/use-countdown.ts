import { useEffect, useState } from "react";

/** Whole seconds left of a wait that starts whenever `seconds` is set anew; 0 when it is over. */
export function useCountdown(seconds: number | null, startedAt: number): number {
  const [now, setNow] = useState(startedAt);
  const left = seconds ? Math.max(0, Math.ceil(seconds - (now - startedAt) / 1000)) : 0;
  useEffect(() => {
    if (!seconds) return;
    const timer = window.setInterval(() => setNow(Date.now()), 1000);
    return () => window.clearInterval(timer);
  }, [seconds, startedAt]);
  return left;
}
