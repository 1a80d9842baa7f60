import { PageBody } from "@/components/page";
import { DemoCard } from "@/features/demo/components/demo-card";
import { useTenant } from "@/features/settings/api/get-tenant";
import { BusinessForm } from "@/features/settings/components/business-form";
import { t } from "@/lib/i18n";
import { useCan } from "@/lib/me";
import { Allowed } from "./allowed";

export default function BusinessPage() {
  return <Allowed to="seeTenant">{() => <Business />}</Allowed>;
}

/** What stands below the form waits for it, or it would be pushed away. */
function Business() {
  const can = useCan();
  const waiting = useTenant().isPending;
  return (
    <PageBody title={t("business.title")} lead={t("business.lead")}>
      <BusinessForm canChange={can("changeTenant")} />
      {can("changeTenant") ? (
        <div hidden={waiting}>
          <DemoCard />
        </div>
      ) : null}
    </PageBody>
  );
}
