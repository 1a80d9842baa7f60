"""`python -m samvad` is the `samvad` command."""

from samvad.cli.main import main

if __name__ == "__main__":
    main()
