"""The package's own tests run where it is installed, see test_installed.py."""

collect_ignore = ["test_pigeon.py"]
