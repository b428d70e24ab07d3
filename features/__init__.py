"""What the directive means, as scenarios that staff read: the feature files, and in `steps` what their words do."""
