"""The report on a desk: served to a browser, where editors settle what it finds. It keeps nothing of its own.

What is accepted stands in the waivers file, what is mended in the articles; the desk reads both again as they change.
"""
