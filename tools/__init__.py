"""Programs for those who work on jitlint; nothing here is installed."""
