import { X } from "lucide-react";
import { lazy, Suspense } from "react";
import { IconButton } from "@/components/button";
import type { Conversation } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import { useKey } from "@/lib/keys";
import type { CareDesk } from "../hooks/use-care-desk";
import { ContactPanel } from "./contact-panel";

const Drawer = lazy(() => import("@/components/dialog").then(({ Dialog }) => ({ default: Dialog })));

export interface PanelPlace {
  /** A third pane beside the thread; otherwise a drawer over it. */
  docked: boolean;
  open: boolean;
  toggle(): void;
}

/** The details of a conversation, beside it or over it. */
export function ThreadPanel({ conversation, desk, place }: { conversation: Conversation; desk: CareDesk; place: PanelPlace }) {
  useKey("[", t("keys.panel"), place.toggle);
  if (!place.open) return null;
  const panel = <ContactPanel conversation={conversation} desk={desk} />;
  if (!place.docked) {
    return (
      <Suspense>
        <Drawer open onOpenChange={(open) => open || place.toggle()} place="side" title={t("panel.title")}>
          {panel}
        </Drawer>
      </Suspense>
    );
  }
  return (
    <aside aria-label={t("panel.title")} className="flex w-80 shrink-0 flex-col border-l border-line bg-bg">
      <header className="flex items-center gap-2 border-b border-line py-2.5 pr-2 pl-4">
        <h2 className="min-w-0 flex-1 font-semibold">{t("panel.title")}</h2>
        <IconButton label={t("action.close")} onClick={place.toggle}>
          <X size={18} aria-hidden />
        </IconButton>
      </header>
      <div tabIndex={0} role="group" aria-label={t("panel.title")} className="relative min-h-0 flex-1 overflow-y-auto p-4 outline-offset-[-2px]">
        {panel}
      </div>
    </aside>
  );
}
