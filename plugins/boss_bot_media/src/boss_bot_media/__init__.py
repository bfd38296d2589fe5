"""Boss-Bot plugin: converts files so that they fit the destination's size limit and play everywhere."""
