import { PageBody } from "@/components/page";
import { AuditList } from "@/features/settings/components/audit-list";
import { t } from "@/lib/i18n";
import { Allowed } from "./allowed";

export default function AuditPage() {
  return (
    <Allowed to="seeAudit">
      {() => (
        <PageBody title={t("audit.title")} lead={t("audit.lead")}>
          <AuditList />
        </PageBody>
      )}
    </Allowed>
  );
}
