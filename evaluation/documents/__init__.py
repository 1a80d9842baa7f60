"""Spreadsheets, Word files and PDFs of the invented businesses, made from readable sources."""
