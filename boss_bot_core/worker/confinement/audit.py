"""The tripwire: an audit hook that refuses what no engine does on purpose, and tells.

It sees Python only, not ffmpeg and not C; on kernels without Landlock it is what there is. It cannot be removed again.
"""

import sys
from collections.abc import Callable, Mapping
from typing import Any

from boss_bot_core.worker.confinement.audited_files import FileRules
from boss_bot_core.worker.confinement.audited_programs import ProgramRules
from boss_bot_core.worker.confinement.audited_sockets import SocketRules
from boss_bot_core.worker.confinement.grants import Grants
from boss_bot_core.worker.confinement.model import Confinement

Rule = Callable[[tuple[Any, ...]], str | None]
"""Takes an audit event's arguments; returns what was tried when it must be refused."""


def install_tripwire(confinement: Confinement, grants: Grants, tell: Callable[[str], None]) -> None:
    """Refuse from now on, with PermissionError, whatever the job was not granted.

    Args:
        confinement: Further folders, programs and sockets that are allowed.
        grants: What the job may touch.
        tell: Called with a sentence for every refusal.
    """
    folders = (*confinement.writable, *((grants.directory,) if grants.directory else ()))
    rules: Mapping[str, Rule] = {
        **SocketRules(grants.proxy_port, confinement.unix_sockets).by_event(),
        **FileRules(folders).by_event(),
        **ProgramRules((*grants.programs, *confinement.programs)).by_event(),
    }

    def tripwire(event: str, arguments: tuple[Any, ...]) -> None:
        rule = rules.get(event)
        if rule is not None and (tried := rule(arguments)) is not None:
            tell(f"Refused: {tried}.")
            raise PermissionError(f"A download may not {tried}.")

    # Modules compiled on first import would otherwise be written beside the code, and be refused one by one.
    sys.dont_write_bytecode = True
    sys.addaudithook(tripwire)
