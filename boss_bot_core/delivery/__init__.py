"""Delivery of stored files to the destination of a download."""

from boss_bot_core.delivery.deliverer import Deliverer, Delivery, Receipt
from boss_bot_core.delivery.folder import FolderDeliverer

__all__ = ["Deliverer", "Delivery", "FolderDeliverer", "Receipt"]
