"""The store's contract over every database that we support."""

from boss_bot_core.testing.store import AdmissionContract, ClaimContract, ControlContract, FenceContract


class TestAdmission(AdmissionContract):
    pass


class TestClaims(ClaimContract):
    pass


class TestFences(FenceContract):
    pass


class TestWishes(ControlContract):
    pass
