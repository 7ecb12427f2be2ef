"""Already known? Keys, scores and judgements that join mentions into people."""
