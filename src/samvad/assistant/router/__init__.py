"""Routes of the assistant: its rules, and answers from the records."""

from collections.abc import Sequence

from fastapi import APIRouter

from samvad.assistant.router.answers import router as answers
from samvad.assistant.router.rules import router as rules

ROUTERS: Sequence[APIRouter] = (rules, answers)
