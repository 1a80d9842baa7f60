/** The addresses of the settings. */
import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { LOG_ACTIONS, LOG_STATES, type LogSearch } from "@/features/delivery-log/hooks/log-filter";
import { CATEGORIES, STATUSES, type TemplateSearch } from "@/features/templates/hooks/template-filter";
import { VERDICTS } from "@/features/webhooks/hooks/verdicts";
import type { Verdict } from "@/lib/api/types";
import { appRoute } from "./app";
import { type Search, text, word } from "./search";

const frameRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/settings",
  component: lazyRouteComponent(() => import("../routes/settings/frame")),
});

const settingsIndexRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/settings/business" });
  },
});

const businessRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "business",
  component: lazyRouteComponent(() => import("../routes/settings/business")),
});

/** "new", or the id of what is being edited. */
const formSearch = (search: Search): { form?: string } => ({ form: text(search.form) });

const channelsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "channels",
  validateSearch: formSearch,
  component: lazyRouteComponent(() => import("../routes/settings/channels")),
});

const templatesRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "templates",
  validateSearch: (search: Search): TemplateSearch => ({
    channel: text(search.channel),
    review: word(search.review, STATUSES),
    category: word(search.category, CATEGORIES),
    language: text(search.language),
    q: text(search.q),
    template: text(search.template),
  }),
  component: lazyRouteComponent(() => import("../routes/settings/templates")),
});

const labelsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "labels",
  component: lazyRouteComponent(() => import("../routes/settings/labels")),
});

const cannedRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "canned-replies",
  validateSearch: (search: Search): { form?: string; q?: string } => ({ ...formSearch(search), q: text(search.q) }),
  component: lazyRouteComponent(() => import("../routes/settings/canned-replies")),
});

const rulesRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "rules",
  validateSearch: (search: Search): { rule?: string } => ({ rule: text(search.rule) }),
  component: lazyRouteComponent(() => import("../routes/settings/rules")),
});

export interface SpanSearch {
  /** Times as the browser's own field writes them, in this reader's zone. */
  from?: string;
  to?: string;
}
const span = (search: Search): SpanSearch => ({ from: text(search.from), to: text(search.to) });

const webhooksRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "webhooks",
  validateSearch: (search: Search): SpanSearch & { verdict?: Verdict; channel?: string; delivery?: string } => ({
    verdict: word(search.verdict, VERDICTS),
    channel: text(search.channel),
    ...span(search),
    delivery: text(search.delivery),
  }),
  component: lazyRouteComponent(() => import("../routes/settings/webhooks")),
});

const logRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "log",
  validateSearch: (search: Search): SpanSearch & LogSearch => ({
    state: word(search.state, LOG_STATES),
    action: word(search.action, LOG_ACTIONS),
    direction: word(search.direction, ["in", "out"]),
    channel: text(search.channel),
    phone: text(search.phone),
    reason: text(search.reason),
    ...span(search),
    message: text(search.message),
  }),
  component: lazyRouteComponent(() => import("../routes/settings/log")),
});

const membersRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "members",
  validateSearch: formSearch,
  component: lazyRouteComponent(() => import("../routes/settings/members")),
});

const apiKeysRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "api-keys",
  validateSearch: formSearch,
  component: lazyRouteComponent(() => import("../routes/settings/api-keys")),
});

const auditRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "audit",
  component: lazyRouteComponent(() => import("../routes/settings/audit")),
});

const accountRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "account",
  component: lazyRouteComponent(() => import("../routes/settings/account")),
});

export const settingsRoute = frameRoute.addChildren([
  settingsIndexRoute,
  businessRoute,
  channelsRoute,
  templatesRoute,
  labelsRoute,
  cannedRoute,
  rulesRoute,
  webhooksRoute,
  logRoute,
  membersRoute,
  apiKeysRoute,
  auditRoute,
  accountRoute,
]);
