"""Sound: how it is coded, alone and beside a picture."""
