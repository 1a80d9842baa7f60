import { Ban, Hourglass, RefreshCw, Smartphone } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { Button } from "@/components/button";
import { InlineError, Skeleton } from "@/components/notice";
import type { Pairing } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import { usePairing } from "../api/get-pairing";
import { CodeToScan } from "./code-to-scan";

/** Nobody looks at a code for longer; a page that was left open shows none to whoever comes by. */
const PATIENCE_MS = 180_000;

/** Links a phone to a number: the code of the moment, renewed until it was scanned, and what else may be. */
export function LinkPhone({ channel }: { channel: string }) {
  const [tries, setTries] = useState(0);
  const [live, setLive] = useState(true);
  const pairing = usePairing(channel, { live });

  useEffect(() => {
    const timer = setTimeout(() => setLive(false), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [tries]);

  function again() {
    setLive(true);
    setTries(tries + 1);
    void pairing.refetch();
  }

  if (pairing.isError && !pairing.data) return <InlineError error={pairing.error} retry={again} />;
  if (!pairing.data) return <Skeleton rows={1} className="h-64" />;
  const waits = pairing.data.state === "code" || pairing.data.state === "later";
  return <State pairing={pairing.data} expired={waits && !live} busy={pairing.isFetching} onAgain={again} />;
}

interface StateProps {
  pairing: Pairing;
  expired: boolean;
  busy: boolean;
  onAgain(): void;
}

function State({ pairing, expired, busy, onAgain }: StateProps) {
  const { state, image, detail } = pairing;
  const again = (
    <Button busy={busy} onClick={onAgain}>
      <RefreshCw size={16} aria-hidden />
      {t(expired ? "link.newCode" : "link.again")}
    </Button>
  );
  if (expired) return <Told icon={<Hourglass size={22} />} title={t("link.expired")} detail={t("link.expiredHelp")} end={again} />;
  if (state === "paired") return <Told icon={<Smartphone size={22} />} tone="text-accent" title={t("link.paired")} detail={detail || t("link.pairedNext")} end={null} />;
  if (state === "blocked") return <Told icon={<Ban size={22} />} tone="text-danger" title={t("link.blocked")} detail={`${detail}. ${t("link.blockedHelp")}`} end={again} />;
  if (state !== "code" || !image) return <Told icon={<Hourglass size={22} />} title={t("link.later")} detail={detail} end={again} />;
  return (
    <div data-testid="link-phone" data-state="code" className="flex flex-wrap items-start gap-5">
      <img src={image} alt={t("link.code")} width={232} height={232} className="rounded-card border border-line bg-white p-2 [image-rendering:pixelated]" />
      <div className="flex min-w-0 flex-1 basis-56 flex-col gap-3">
        <ol className="flex list-decimal flex-col gap-1 pl-5">
          <li>{t("link.step1")}</li>
          <li>{t("link.step2")}</li>
          <li>{t("link.step3")}</li>
        </ol>
        <CodeToScan key={image} pairing={pairing} />
        <div>{again}</div>
      </div>
    </div>
  );
}

function Told({ icon, tone = "text-muted", title, detail, end }: { icon: ReactNode; tone?: string; title: string; detail: string; end: ReactNode }) {
  return (
    <div data-testid="link-phone" role="status" className="flex flex-col items-start gap-3 rounded-card border border-line p-4">
      <p className="flex items-center gap-2 font-medium">
        <span aria-hidden className={tone}>
          {icon}
        </span>
        {title}
      </p>
      {detail ? <p className="foreign text-small text-muted">{detail}</p> : null}
      {end}
    </div>
  );
}
