/** The addresses of the app; filters and selections live here, in typed search parameters. */
import { createRoute, createRouter, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { type ListView, STATUSES, TABS } from "@/features/conversations/hooks/list-view";
import { PRIORITIES } from "@/lib/priorities";
import { appRoute, rootRoute } from "./addresses/app";
import { type Search, text, word } from "./addresses/search";
import { settingsRoute } from "./addresses/settings";
import { home } from "./home";
import { ErrorPage } from "./routes/faults";
import { EmptyThread, InboxPage } from "./routes/inbox";
import { SignInPage } from "./routes/signin";

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

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/signin",
  validateSearch: (search: Search): { next?: string } => ({ next: ownPath(search.next) }),
  component: SignInPage,
});

const homeRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/",
  beforeLoad: async () => {
    throw redirect({ to: await home() });
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
    label: text(search.label),
    priority: word(search.priority, PRIORITIES),
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
  component: lazyRouteComponent(() => import("./routes/thread")),
});

const knowledgeRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/knowledge",
  validateSearch: (search: Search): { source?: string; passage?: string; form?: string; question?: string; answer?: string; judged?: string; wrong?: "settled" } => ({
    source: text(search.source),
    passage: text(search.passage),
    form: text(search.form),
    question: text(search.question),
    answer: text(search.answer),
    judged: text(search.judged),
    wrong: word(search.wrong, ["settled"]),
  }),
  component: lazyRouteComponent(() => import("./routes/knowledge")),
});

export interface SimulatorSearch {
  customer?: string;
  number?: string;
  /** What stands beside the phone; on a phone, in place of it. */
  pane?: "thread" | "scenarios";
  /** The open scenario: the id of a kept one, the key of one that comes along, or "new". */
  scenario?: string;
  trace?: string;
}

const simulatorRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/simulator",
  validateSearch: (search: Search): SimulatorSearch => ({
    customer: text(search.customer),
    number: text(search.number),
    pane: word(search.pane, ["thread", "scenarios"]),
    scenario: text(search.scenario),
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
      settingsRoute,
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
