"""What became of each file of a delivery: the message that carries it, or why it stays. Pure."""

from boss_bot_core.bot.texts import delivery as delivery_texts
from boss_bot_core.delivery import Delivery, Receipt
from boss_bot_core.delivery.ledger import Ledger
from boss_bot_core.delivery.plan import DeliveryPlan


def receipts_of(delivery: Delivery, ledger: Ledger, plan: DeliveryPlan, *, in_server: bool) -> tuple[Receipt, ...]:
    """Return a receipt for every file.

    Args:
        delivery: The files.
        ledger: Which of them arrived.
        plan: The last one, which left the others out.
        in_server: Whether the place is in a server.
    """
    messages = ledger.message_by_position
    return tuple(
        Receipt(position=file.position, reference=str(messages[file.position]))
        if file.position in messages
        else Receipt(
            position=file.position,
            reference=str(file.file_path),
            left_out=f"{delivery_texts.why_left_out(file, plan.limits, in_server=in_server)}; it is kept on my host.",
        )
        for file in delivery.files
    )
