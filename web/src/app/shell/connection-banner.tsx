import { CloudOff, RefreshCw } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { t } from "@/lib/i18n";
import { type LiveState, liveState } from "@/lib/live-connection";
import { useStore } from "@/lib/store";

/** A blink of the network is not worth a banner; being offline is said at once. */
const PATIENCE_MS = 1500;
/** The first connection is part of the page's loading, which a banner would push down. */
const FIRST_MS = 5000;

export function ConnectionBanner() {
  const state = useStore(liveState);
  const shown = useSettled(state);
  return (
    <div role="status" data-testid="connection" data-state={state}>
      {shown === "live" ? null : (
        <p className="flex items-center justify-center gap-2 bg-amber-soft px-3 py-1.5 text-small text-amber">
          {shown === "offline" ? <CloudOff size={14} aria-hidden /> : <RefreshCw size={14} aria-hidden />}
          {t(`live.${shown}`)}
        </p>
      )}
    </div>
  );
}

function useSettled(state: LiveState): LiveState {
  const [shown, setShown] = useState<LiveState>("live");
  const lived = useRef(false);
  useEffect(() => {
    if (state === "live") lived.current = true;
    const patience = lived.current ? PATIENCE_MS : FIRST_MS;
    const wait = state === "connecting" ? patience : 0;
    const timer = window.setTimeout(() => setShown(state), wait);
    return () => window.clearTimeout(timer);
  }, [state]);
  return shown;
}
