"""Routes of the channels room, one module a noun."""

from samvad.channels.router import devices, journal, numbers, templates

ROUTERS = (numbers.router, devices.router, templates.router, journal.router)
