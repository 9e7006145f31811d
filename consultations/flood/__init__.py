"""What keeps machines from flooding a consultation, in this process's memory alone: limits, a queue, proofs of work."""
