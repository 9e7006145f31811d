"""Work that takes longer than a page may: jobs, the queue that carries their ids, and the workers that do them."""
