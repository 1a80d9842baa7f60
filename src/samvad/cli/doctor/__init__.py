"""`samvad doctor`: what of this installation works, and what to do about the rest."""

from samvad.cli.doctor.command import doctor

__all__ = ["doctor"]
