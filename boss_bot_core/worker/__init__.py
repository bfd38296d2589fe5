"""Where foreign code runs: a zygote that forks one confined worker per job, and the proxy that is its only way out."""
