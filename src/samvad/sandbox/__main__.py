"""`python -m samvad.sandbox`: the sandbox alone; its secret comes from the environment."""

import argparse
import logging
import os
import sys
from pathlib import Path

from samvad.sandbox.config import SandboxConfig
from samvad.sandbox.main import run

SECRET_VARIABLE = "SAMVAD_SANDBOX_SECRET"  # noqa: S105 - the name of a variable


def main() -> None:
    parser = argparse.ArgumentParser(prog="samvad.sandbox", description=__doc__)
    parser.add_argument("--data-file", type=Path, default=Path("data/sandbox.sqlite"))
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8401)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    secret = os.environ.get(SECRET_VARIABLE, "")
    if not secret:
        sys.exit(f"Set {SECRET_VARIABLE}: it authorises the control API and signs phone passes.")
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    run(
        SandboxConfig(
            data_file=options.data_file,
            control_secret=secret,
            host=options.host,
            port=options.port,
            seed=options.seed,
        )
    )


if __name__ == "__main__":
    main()
