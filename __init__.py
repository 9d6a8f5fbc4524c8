from . import controllers, models, wizards
from .hooks import pre_init_hook

__all__ = ["controllers", "models", "pre_init_hook", "wizards"]
