import { SquarePen } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { Button } from "@/components/button";
import { t } from "@/lib/i18n";
import { useKey } from "@/lib/keys";
import { useCan } from "@/lib/me";

const StartDialog = lazy(() => import("./start-dialog"));

/** To write to somebody who has not written. */
export function NewMessage({ onStarted }: { onStarted(conversationId: string): void }) {
  const [open, setOpen] = useState(false);
  const may = useCan()("reply");
  useKey("c", t("keys.newMessage"), () => setOpen(true), { when: may });
  if (!may) return null;
  return (
    <>
      <Button aria-label={t("start.open")} title={t("start.open")} onClick={() => setOpen(true)} className="h-9 px-2.5 max-md:h-11">
        <SquarePen size={16} aria-hidden />
      </Button>
      <Suspense>{open ? <StartDialog onClose={() => setOpen(false)} onStarted={onStarted} /> : null}</Suspense>
    </>
  );
}
