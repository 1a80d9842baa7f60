import { Link } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { EmptyState, InlineError, Skeleton } from "@/components/notice";
import { useTemplateChannels, useTemplates } from "@/lib/api/list-templates";
import type { Template, TemplateChannel } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import { fits, type TemplateFilter } from "../hooks/template-filter";
import { SyncStrip } from "./sync-strip";
import { TemplateFilters } from "./template-filters";
import { TemplateForm } from "./template-form";
import { TemplatePanel } from "./template-panel";
import { TemplateRow } from "./template-row";

interface ScreenProps {
  filter: TemplateFilter;
  /** "new", the id of the one that is open, or null. */
  opened: string | null;
  canChange: boolean;
  canSeeContacts: boolean;
  onFilter(change: Partial<TemplateFilter>): void;
  onOpen(template: string | null): void;
}

/** What the provider approved, reviews or stopped; one of them open beside the list, or the form for a new one. */
export function TemplatesScreen(props: ScreenProps) {
  const channels = useTemplateChannels();
  const templates = useTemplates(undefined);
  const failed = templates.isError && !templates.data ? templates : channels.isError && !channels.data ? channels : null;
  if (failed) return <InlineError title={t("templates.failed")} error={failed.error} retry={() => void failed.refetch()} />;
  if (!templates.data || !channels.data) return <Skeleton rows={8} className="h-16 py-1" />;
  if (channels.data.length === 0) {
    return (
      <EmptyState hanging title={t("templates.noChannel.title")} body={t("templates.noChannel.body")}>
        <Link to="/settings/channels" className="target inline-flex items-center font-medium text-accent underline">
          {t("templates.channels")}
        </Link>
      </EmptyState>
    );
  }
  if (props.opened === "new" && props.canChange) {
    return <TemplateForm channels={channels.data} onClose={() => props.onOpen(null)} onCreated={(made) => props.onOpen(made.id)} />;
  }
  return <List {...props} templates={templates.data} channels={channels.data} />;
}

interface ListProps extends ScreenProps {
  templates: readonly Template[];
  channels: readonly TemplateChannel[];
}

function List({ templates, channels, filter, opened, canChange, canSeeContacts, onFilter, onOpen }: ListProps) {
  const items = templates.filter((one) => fits(one, filter));
  const shown = templates.find((one) => one.id === opened);
  return (
    <div className="flex flex-col gap-4">
      <SyncStrip channels={channels} canChange={canChange}>
        {canChange ? (
          <Button look="primary" onClick={() => onOpen("new")}>
            <Plus size={16} aria-hidden />
            {t("templates.new")}
          </Button>
        ) : null}
      </SyncStrip>
      {templates.length ? <TemplateFilters filter={filter} templates={templates} channels={channels} onFilter={onFilter} /> : null}
      {items.length ? (
        <ul aria-label={t("templates.list")} className="rounded-card border border-line">
          {items.map((template) => (
            <TemplateRow key={template.id} template={template} onOpen={() => onOpen(template.id)} />
          ))}
        </ul>
      ) : (
        <Nothing narrowed={templates.length > 0} />
      )}
      <Dialog
        open={opened !== null && opened !== "new"}
        onOpenChange={(open) => open || onOpen(null)}
        title={shown ? shown.name : t("templates.gone.title")}
        place="side"
      >
        {shown ? (
          <TemplatePanel key={shown.id} template={shown} canChange={canChange} canSeeContacts={canSeeContacts} onDeleted={() => onOpen(null)} />
        ) : (
          <p className="text-muted">{t("templates.gone.body")}</p>
        )}
      </Dialog>
    </div>
  );
}

function Nothing({ narrowed }: { narrowed: boolean }) {
  const [title, body] = narrowed
    ? (["templates.none.title", "templates.none.body"] as const)
    : (["templates.empty.title", "templates.empty.body"] as const);
  return <EmptyState hanging title={t(title)} body={t(body)} />;
}
