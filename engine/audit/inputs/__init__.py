"""Where the plans of an audit are: folders, archives, lines and rows, object storage."""
