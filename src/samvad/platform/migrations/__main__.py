"""`python -m samvad.platform.migrations`: migrates as told by one JSON object on standard input.

A process of its own, since the tools weigh 30 MB that the server never needs again.
"""

import asyncio
import json
import sys

from sqlalchemy.exc import DBAPIError

from samvad.platform.migrations.migrate import migrate
from samvad.platform.migrations.roles import RolesMissing


def main() -> None:
    told = json.load(sys.stdin)
    try:
        asyncio.run(migrate(told["url"], told["passwords"], to=told["to"]))
    except RolesMissing as missing:
        lines = [f"{missing}. Let an administrator run these statements, then start again:"]
        sys.exit("\n".join([*lines, *(f"  {statement};" for statement in missing.statements)]))
    except DBAPIError as failure:  # one sentence for the operator; all of it was rolled back
        sys.exit(str(failure.orig).strip().partition("\n")[0])
    except OSError as away:
        sys.exit(f"The database does not answer: {away}")


if __name__ == "__main__":
    main()
