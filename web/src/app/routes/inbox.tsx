import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Outlet, useNavigate, useParams } from "@tanstack/react-router";
import { EmptyState } from "@/components/notice";
import { usePageTitle } from "@/components/page";
import { AlertsOffer } from "@/features/conversations/components/alerts-offer";
import { ConversationList } from "@/features/conversations/components/conversation-list";
import { ListFilters } from "@/features/conversations/components/list-filters";
import { Thread } from "@/features/conversations/components/thread";
import { listOrder, neighbour } from "@/features/conversations/hooks/list-order";
import { filterOf, listOnly, type ListView } from "@/features/conversations/hooks/list-view";
import { selecting } from "@/features/conversations/hooks/selection";
import { usePanelPlace } from "@/features/conversations/hooks/use-panel-place";
import { cx } from "@/lib/cx";
import { t } from "@/lib/i18n";
import { useKey } from "@/lib/keys";
import { meQuery } from "@/lib/me";
import { useStore } from "@/lib/store";
import { PHONE, useMedia } from "@/lib/use-media";

const inbox = getRouteApi("/app/inbox");
const thread = getRouteApi("/app/inbox/$conversationId");

/** List and thread side by side; on a phone one covers the other, and the list keeps its scroll underneath. */
export function InboxPage() {
  const view = listOnly(inbox.useSearch());
  const me = useQuery(meQuery).data?.member?.id;
  const navigate = useNavigate();
  const { conversationId = null } = useParams({ strict: false });
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

export function EmptyThread() {
  usePageTitle(t("inbox.title"));
  return (
    <div className="flex flex-1 bg-surface max-md:hidden">
      <EmptyState title={t("inbox.pick.title")} body={t("inbox.pick.body")} />
    </div>
  );
}

export function ThreadPage() {
  const { conversationId } = thread.useParams();
  const { trace = null, cite, message = null, panel } = thread.useSearch();
  const navigate = useNavigate({ from: "/inbox/$conversationId" });
  const place = usePanelPlace(panel === "open", (open) => {
    void navigate({ to: ".", search: (old) => ({ ...old, panel: open ? "open" : undefined }), replace: !open });
  });

  function back() {
    void navigate({ to: "/inbox", search: listOnly });
  }
  function next() {
    const id = neighbour(listOrder.get(), conversationId);
    if (!id) return back();
    void navigate({ to: "/inbox/$conversationId", params: { conversationId: id }, search: listOnly });
  }
  const selection = useStore(selecting);
  useKey("Escape", t("keys.close"), back, { when: !selection });
  return (
    <Thread
      conversationId={conversationId}
      trace={trace}
      cite={cite ? Number(cite) - 1 : null}
      message={message}
      panel={place}
      onTrace={(id, at) => {
        const shown = { trace: id ?? undefined, cite: at === undefined ? undefined : String(at + 1) };
        void navigate({ to: ".", search: (old) => ({ ...old, ...shown }), replace: id === null });
      }}
      onBack={back}
      onNext={next}
    />
  );
}
