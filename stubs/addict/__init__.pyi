from addict.addict import Dict as Dict

__title__: str
__version__: str
__author__: str
__license__: str
__copyright__: str
__all__ = ["Dict"]
