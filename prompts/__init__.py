"""What language models are told: one Markdown file and one typed function each."""
