"""Invented businesses, the questions put to them, what makes their documents; and fitting of models."""
