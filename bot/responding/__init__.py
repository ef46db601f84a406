"""From a published report to the office's published response."""
