import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Outlet, useNavigate, useParams } from "@tanstack/react-router";
import { useEffect } from "react";
import { EmptyState } from "@/components/notice";
import { usePageTitle } from "@/components/page";
import { AlertsOffer } from "@/features/conversations/components/alerts-offer";
import { ConversationList } from "@/features/conversations/components/conversation-list";
import { ListFilters } from "@/features/conversations/components/list-filters";
import { filterOf, listOnly, type ListView } from "@/features/conversations/hooks/list-view";
import { cx } from "@/lib/cx";
import { t } from "@/lib/i18n";
import { meQuery } from "@/lib/me";
import { PHONE, useMedia } from "@/lib/use-media";

/** After the list has been painted. */
const SOON_MS = 300;

const inbox = getRouteApi("/app/inbox");

/** List and thread side by side; on a phone one covers the other, and the list keeps its scroll underneath. */
export function InboxPage() {
  const view = listOnly(inbox.useSearch());
  const me = useQuery(meQuery).data?.member?.id;
  const navigate = useNavigate();
  const { conversationId = null } = useParams({ strict: false });
  useThreadSoon();
  const covered = useMedia(PHONE) && conversationId !== null;
  const filter = filterOf(view, me);

  function change(next: Partial<ListView>) {
    void navigate({ to: ".", search: (old) => ({ ...old, ...next }), replace: "q" in next });
  }

  return (
    <div className="relative flex min-h-0 flex-1">
      <h1 className="sr-only">{t("inbox.title")}</h1>
      <section
        aria-label={t("inbox.list")}
        inert={covered}
        className={cx(
          "flex min-h-0 w-90 shrink-0 flex-col border-r border-line bg-bg max-xl:w-80 max-md:absolute max-md:inset-0 max-md:w-full max-md:border-0",
          covered && "invisible",
        )}
      >
        <ListFilters
          view={view}
          onChange={change}
          onStarted={(id) => void navigate({ to: "/inbox/$conversationId", params: { conversationId: id }, search: listOnly })}
        />
        <ConversationList
          key={JSON.stringify(filter)}
          filter={filter}
          filtered={Object.values(view).some(Boolean)}
          opened={conversationId}
          onClear={() => change({ tab: undefined, status: undefined, label: undefined, priority: undefined, q: undefined })}
        />
        <AlertsOffer />
      </section>
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <Outlet />
      </div>
    </div>
  );
}

/** Whoever sees the list opens a conversation next: its script is there by then. */
function useThreadSoon(): void {
  useEffect(() => {
    const timer = window.setTimeout(() => {
      import("./thread").catch(() => undefined); // the press that needs it asks again, and says what is wrong
    }, SOON_MS);
    return () => window.clearTimeout(timer);
  }, []);
}

export function EmptyThread() {
  usePageTitle(t("inbox.title"));
  return (
    <div className="flex flex-1 bg-surface max-md:hidden">
      <EmptyState title={t("inbox.pick.title")} body={t("inbox.pick.body")} />
    </div>
  );
}
