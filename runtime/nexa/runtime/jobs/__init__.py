"""Jobs of programs: put into a queue that outlives the run, and worked off by workers."""
