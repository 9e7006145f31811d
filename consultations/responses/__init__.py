"""What respondents wrote, sealed."""
