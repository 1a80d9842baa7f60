"""The HTTP door: one app from the rooms' routers, one shape of failure, the web app."""
