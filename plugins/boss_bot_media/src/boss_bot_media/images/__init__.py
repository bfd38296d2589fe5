"""Images: what happens to a picture, still or animated, so that Discord shows it and it fits the limit.

`plan.py` decides, `process.py` acts and checks the result.
"""
