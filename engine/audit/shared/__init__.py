"""What plans share: keyed hashes of people, committees and organisations, kept on disk."""
