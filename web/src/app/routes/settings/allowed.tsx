import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { Me } from "@/lib/api/types";
import { type Action, meQuery, useCan } from "@/lib/me";
import { ForbiddenPage } from "../faults";

/** A page of those who may see it; an address typed by somebody else says so. */
export function Allowed({ to, children }: { to: Action; children(me: Me): ReactNode }) {
  const me = useQuery(meQuery).data;
  const can = useCan();
  if (!me) return null;
  return can(to) ? children(me) : <ForbiddenPage tenant={me.tenant.name} />;
}
