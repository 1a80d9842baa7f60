"""Routes of the conversations room, one module a noun."""

from samvad.conversations.router import canned, devices, files, judgements, labels, log, talks

ROUTERS = (talks.router, log.router, files.router, labels.router, canned.router, judgements.router,
           devices.router)  # fmt: skip
