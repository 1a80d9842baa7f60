"""`python -m samvad` is the `samvad` command."""

import gc


def main() -> None:
    gc.disable()  # what loading makes stays: to look for garbage in it is a sixth of the work
    from samvad.cli.main import main as command  # noqa: PLC0415

    gc.enable()
    command()


if __name__ == "__main__":
    main()
