/** What every address stands under, and what every page for people who are signed in stands under. */
import { createRootRoute, createRoute, Outlet, redirect } from "@tanstack/react-router";
import { session } from "@/lib/session";
import { ErrorPage, NowherePage } from "../routes/faults";
import { Shell } from "../shell/shell";

export const rootRoute = createRootRoute({ component: Outlet, notFoundComponent: NowherePage, errorComponent: ErrorPage });

export const appRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: "app",
  beforeLoad: ({ location }) => {
    if (session.get()) return;
    throw redirect({ to: "/signin", search: location.pathname === "/" ? {} : { next: location.href } });
  },
  component: Shell,
  errorComponent: ErrorPage,
});
