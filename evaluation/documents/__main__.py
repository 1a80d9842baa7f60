"""`python -m evaluation.documents`: makes every document anew whose source says something else by now."""

import sys

from evaluation.documents.making import BUSINESSES, make


def main() -> None:
    for path in (path for folder in BUSINESSES for path in make(folder)):
        sys.stdout.write(f"made {path}\n")


main()
