"""Answering from records without a model: what is asked, what fits, how sure, in which words. All pure."""
