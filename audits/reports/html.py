"""stub"""
from pathlib import Path
def write(*a: object) -> Path: return Path("x")
