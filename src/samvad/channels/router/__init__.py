"""Routes of the channels room, one module a noun."""

from samvad.channels.router import journal, numbers, templates

ROUTERS = (numbers.router, templates.router, journal.router)
