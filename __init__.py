from . import controllers, models, report, wizards
from .hooks import pre_init_hook

__all__ = ["controllers", "models", "pre_init_hook", "report", "wizards"]
