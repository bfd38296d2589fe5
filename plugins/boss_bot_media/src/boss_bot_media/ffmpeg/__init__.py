"""The program ffmpeg: what it can do, and one run of it as a child process."""
