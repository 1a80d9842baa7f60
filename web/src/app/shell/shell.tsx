import { useQuery } from "@tanstack/react-query";
import { Outlet, useNavigate, useParams } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { InlineError } from "@/components/notice";
import { useOutbox } from "@/features/conversations/hooks/outbox";
import { useAlerts } from "@/features/conversations/hooks/use-alerts";
import { useWaiting } from "@/features/conversations/hooks/use-waiting";
import { t } from "@/lib/i18n";
import { useKey } from "@/lib/keys";
import { meQuery } from "@/lib/me";
import { lastUndo } from "@/lib/notify";
import { useLive } from "../live";
import { Chords } from "./chords";
import { ConnectionBanner } from "./connection-banner";
import { BottomBar, Rail } from "./navigation";

const KeysHelp = lazy(() => import("./keys-help"));
const Palette = lazy(() => import("./palette"));

/** The frame around every signed-in screen: navigation, connection banner, help and palette. */
export function Shell() {
  useLive();
  useOutbox();
  const me = useQuery(meQuery);
  const [help, setHelp] = useState(false);
  const [palette, setPalette] = useState(false);
  const { conversationId = null } = useParams({ strict: false });
  const navigate = useNavigate();
  useWaiting();
  useAlerts({
    inSight: conversationId,
    onOpen: (id) => void navigate({ to: "/inbox/$conversationId", params: { conversationId: id } }),
  });
  useKey("?", t("keys.help"), () => setHelp(true));
  useKey("mod+k", t("keys.palette"), () => setPalette(true), { inInputs: true });
  useKey("z", t("keys.undo"), () => lastUndo.get()?.());
  const openHelp = () => setHelp(true);
  return (
    <div className="flex h-dvh flex-col overflow-hidden">
      <a
        href="#main"
        className="fixed top-2 left-2 z-50 -translate-y-20 rounded-card bg-accent px-3 py-2 text-on-accent focus:translate-y-0"
      >
        {t("app.skip")}
      </a>
      <Chords />
      <ConnectionBanner />
      <div className="flex min-h-0 flex-1">
        <Rail onHelp={openHelp} />
        <main id="main" tabIndex={-1} className="flex min-h-0 min-w-0 flex-1 flex-col outline-none">
          {me.isError && !me.data ? <InlineError error={me.error} retry={() => void me.refetch()} /> : <Outlet />}
        </main>
      </div>
      {conversationId ? null : <BottomBar onHelp={openHelp} />}
      <Suspense>
        {help ? <KeysHelp onClose={() => setHelp(false)} /> : null}
        {palette ? <Palette onClose={() => setPalette(false)} /> : null}
      </Suspense>
    </div>
  );
}
