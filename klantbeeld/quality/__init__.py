"""quality: standardise, validate and flag values per type; dates and freshness; profiles."""
