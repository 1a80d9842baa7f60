"""The command line: `samvad tenant|member|api-key|openapi|...`."""
