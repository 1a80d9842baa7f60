import { ClipboardList, Ellipsis, Link2, List, MapPin, MapPinned, MousePointerClick, Users } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { lazy, Suspense, useState } from "react";
import { Button } from "@/components/button";
import type { Conversation } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import { type ContentKind, kindsOf } from "../hooks/content-kinds";

const ContentDialog = lazy(() => import("./content-dialog"));

const ICONS: Record<string, typeof List> = {
  location: MapPin,
  contacts: Users,
  buttons: MousePointerClick,
  list: List,
  cta_url: Link2,
  location_request: MapPinned,
  flow: ClipboardList,
};

/** What this number can send beside words and files. */
export function MoreMenu({ conversation }: { conversation: Conversation }) {
  const [chosen, setChosen] = useState<ContentKind | null>(null);
  const kinds = kindsOf(conversation.sends_kinds);
  if (kinds.length === 0) return null;
  return (
    <>
      <DropdownMenu.Root>
        <DropdownMenu.Trigger asChild>
          <Button aria-label={t("more.open")} title={t("more.open")} className="h-10 px-2.5 max-md:h-11">
            <Ellipsis size={16} aria-hidden />
          </Button>
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content
            side="top"
            align="start"
            sideOffset={6}
            className="animate-rise z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-56 overflow-y-auto rounded-card border border-line bg-raised p-1 text-text shadow-lg"
          >
            {kinds.map((kind) => {
              const Icon = ICONS[kind.kind] ?? Ellipsis;
              return (
                <DropdownMenu.Item
                  key={kind.kind}
                  onSelect={() => setChosen(kind)}
                  className="target flex items-center gap-3 rounded-card px-3 outline-none data-highlighted:bg-surface"
                >
                  <Icon size={16} aria-hidden className="shrink-0 text-muted" />
                  {t(kind.text)}
                </DropdownMenu.Item>
              );
            })}
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      {chosen ? (
        <Suspense fallback={null}>
          <ContentDialog conversation={conversation} kind={chosen} onClose={() => setChosen(null)} />
        </Suspense>
      ) : null}
    </>
  );
}
