"""What everything else stands on: texts, problems, files. It knows no document and no rule."""
