/** The addresses of the app; filters and selections live here, in typed search parameters. */
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { type ListView, STATUSES, TABS } from "@/features/conversations/hooks/list-view";
import { LOG_STATES, type LogSearch } from "@/features/delivery-log/hooks/log-filter";
import { VERDICTS } from "@/features/webhooks/hooks/verdicts";
import type { Verdict } from "@/lib/api/types";
import { session } from "@/lib/session";
import { ErrorPage, NowherePage } from "./routes/faults";
import { EmptyThread, InboxPage, ThreadPage } from "./routes/inbox";
import { SignInPage } from "./routes/signin";
import { Shell } from "./shell/shell";

type Search = Record<string, unknown>;

function word<Word extends string>(value: unknown, allowed: readonly Word[]): Word | undefined {
  return allowed.find((candidate) => candidate === value);
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value || undefined : undefined;
}

/** Plain text on both sides, so that addresses stay readable. */
const parseSearch = (search: string): Search => Object.fromEntries(new URLSearchParams(search));

function stringifySearch(search: Search): string {
  const given = Object.entries(search).filter(([, value]) => typeof value === "string" && value !== "");
  const written = new URLSearchParams(given as [string, string][]).toString();
  return written && `?${written}`;
}

/** Only a path of this app may be returned to after sign-in. */
function ownPath(value: unknown): string | undefined {
  return typeof value === "string" && /^\/(?![/\\])/.test(value) ? value : undefined;
}

const rootRoute = createRootRoute({ component: Outlet, notFoundComponent: NowherePage, errorComponent: ErrorPage });

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/signin",
  validateSearch: (search: Search): { next?: string } => ({ next: ownPath(search.next) }),
  component: SignInPage,
});

const appRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: "app",
  beforeLoad: ({ location }) => {
    if (session.get()) return;
    throw redirect({ to: "/signin", search: location.pathname === "/" ? {} : { next: location.href } });
  },
  component: Shell,
  errorComponent: ErrorPage,
});

const homeRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/inbox" });
  },
});

export interface InboxSearch extends ListView {
  /** The details of the open conversation, where they are a drawer. */
  panel?: "open";
}

const inboxRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/inbox",
  validateSearch: (search: Search): InboxSearch => ({
    tab: word(search.tab, TABS),
    status: word(search.status, STATUSES),
    q: text(search.q),
    panel: word(search.panel, ["open"]),
  }),
  component: InboxPage,
});

const inboxIndexRoute = createRoute({ getParentRoute: () => inboxRoute, path: "/", component: EmptyThread });

const threadRoute = createRoute({
  getParentRoute: () => inboxRoute,
  path: "$conversationId",
  validateSearch: (search: Search): { trace?: string; cite?: string; message?: string } => ({
    trace: text(search.trace),
    cite: text(search.cite),
    message: text(search.message),
  }),
  component: ThreadPage,
});

const settingsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/settings",
  component: lazyRouteComponent(() => import("./routes/settings/frame")),
});

const settingsIndexRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/settings/business" });
  },
});

const businessRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "business",
  component: lazyRouteComponent(() => import("./routes/settings/business")),
});

/** "new", or the id of what is being edited. */
const formSearch = (search: Search): { form?: string } => ({ form: text(search.form) });

const channelsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "channels",
  validateSearch: formSearch,
  component: lazyRouteComponent(() => import("./routes/settings/channels")),
});

const rulesRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "rules",
  validateSearch: (search: Search): { rule?: string } => ({ rule: text(search.rule) }),
  component: lazyRouteComponent(() => import("./routes/settings/rules")),
});

export interface SpanSearch {
  /** Times as the browser's own field writes them, in this reader's zone. */
  from?: string;
  to?: string;
}
const span = (search: Search): SpanSearch => ({ from: text(search.from), to: text(search.to) });

const webhooksRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "webhooks",
  validateSearch: (search: Search): SpanSearch & { verdict?: Verdict; channel?: string; delivery?: string } => ({
    verdict: word(search.verdict, VERDICTS),
    channel: text(search.channel),
    ...span(search),
    delivery: text(search.delivery),
  }),
  component: lazyRouteComponent(() => import("./routes/settings/webhooks")),
});

const logRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "log",
  validateSearch: (search: Search): SpanSearch & LogSearch => ({
    state: word(search.state, LOG_STATES),
    direction: word(search.direction, ["in", "out"]),
    channel: text(search.channel),
    phone: text(search.phone),
    reason: text(search.reason),
    ...span(search),
    message: text(search.message),
  }),
  component: lazyRouteComponent(() => import("./routes/settings/log")),
});

const membersRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "members",
  validateSearch: formSearch,
  component: lazyRouteComponent(() => import("./routes/settings/members")),
});

const apiKeysRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "api-keys",
  validateSearch: formSearch,
  component: lazyRouteComponent(() => import("./routes/settings/api-keys")),
});

const auditRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "audit",
  component: lazyRouteComponent(() => import("./routes/settings/audit")),
});

const accountRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "account",
  component: lazyRouteComponent(() => import("./routes/settings/account")),
});

const knowledgeRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/knowledge",
  validateSearch: (search: Search): { source?: string; passage?: string; form?: string } => ({
    source: text(search.source),
    passage: text(search.passage),
    form: text(search.form),
  }),
  component: lazyRouteComponent(() => import("./routes/knowledge")),
});

const simulatorRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/simulator",
  validateSearch: (search: Search): { customer?: string; number?: string; pane?: "thread"; trace?: string } => ({
    customer: text(search.customer),
    number: text(search.number),
    pane: word(search.pane, ["thread"]),
    trace: text(search.trace),
  }),
  component: lazyRouteComponent(() => import("./routes/simulator")),
});

export const router = createRouter({
  routeTree: rootRoute.addChildren([
    signInRoute,
    appRoute.addChildren([
      homeRoute,
      inboxRoute.addChildren([inboxIndexRoute, threadRoute]),
      settingsRoute.addChildren([
        settingsIndexRoute,
        businessRoute,
        channelsRoute,
        rulesRoute,
        webhooksRoute,
        logRoute,
        membersRoute,
        apiKeysRoute,
        auditRoute,
        accountRoute,
      ]),
      knowledgeRoute,
      simulatorRoute,
    ]),
  ]),
  parseSearch,
  stringifySearch,
  defaultPreload: "intent",
  defaultErrorComponent: ErrorPage,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
