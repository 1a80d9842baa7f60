import { useEffect, useState } from "react";
import type { Pairing } from "@/lib/api/types";
import { t } from "@/lib/i18n";

const SECOND_MS = 1_000;

/** How long a code is good for from when it was first shown, and what to type where the provider gives that too. */
export function CodeToScan({ pairing }: { pairing: Pairing }) {
  const left = useLeft(pairing.seconds);
  return (
    <>
      {pairing.code ? (
        <p>
          {t("link.typed")}{" "}
          <strong data-testid="typed-code" className="whitespace-nowrap font-mono text-lead tracking-widest">
            {halves(pairing.code)}
          </strong>
        </p>
      ) : null}
      <p className="text-small text-muted">
        <span data-testid="seconds-left" className="tabular-nums">
          {left > 0 ? t("link.left", { seconds: left }) : t("link.soon")}
        </span>{" "}
        {t("link.renewed")}
      </p>
    </>
  );
}

function halves(code: string): string {
  const bare = code.replace("-", "");
  return `${bare.slice(0, 4)} ${bare.slice(4)}`;
}

/** Of so many seconds what is left, counted down. */
function useLeft(seconds: number): number {
  const [until] = useState(() => Date.now() + seconds * SECOND_MS);
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), SECOND_MS);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, Math.ceil((until - now) / SECOND_MS));
}
