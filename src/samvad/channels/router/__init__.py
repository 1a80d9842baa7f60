"""Routes of the channels room, one module a noun."""

from samvad.channels.router import journal, numbers

ROUTERS = (numbers.router, journal.router)
