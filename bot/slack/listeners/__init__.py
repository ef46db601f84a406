"""What Slack sends us, each thing recorded and acknowledged, nothing worked on."""
