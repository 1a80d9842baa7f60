"""Language models, each behind `types.Model`; none is needed."""
