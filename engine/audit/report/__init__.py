"""What an audit says: summaries for people, every verdict for programs."""
