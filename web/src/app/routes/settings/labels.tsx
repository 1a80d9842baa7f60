import { PageBody } from "@/components/page";
import { LabelsScreen } from "@/features/labels/components/labels-screen";
import { t } from "@/lib/i18n";
import { useCan } from "@/lib/me";
import { Allowed } from "./allowed";

export default function LabelsPage() {
  const can = useCan();
  return (
    <Allowed to="seeInbox">
      {() => (
        <PageBody title={t("labels.title")} lead={t("labels.lead")}>
          <LabelsScreen canAdd={can("care")} canManage={can("changeTenant")} />
        </PageBody>
      )}
    </Allowed>
  );
}
