"""The composition root: builds everything from the settings, opens it in order and closes it in reverse order.

`services.CoreServices` (database, storage, queue, access) are enough to read the queue and to request changes beside a
running bot. An `app.App` adds plugins, the event bus and, in the process that dispatches, the download engine.

This package imports none of its modules: the zygote is started (`zygote_start`) before the database is imported.
"""
