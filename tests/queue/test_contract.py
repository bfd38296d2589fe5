"""The contract tests of the store, over every supported database."""

from boss_bot_core.testing.store import AdmissionContract, ClaimContract, ControlContract, FenceContract


class TestAdmission(AdmissionContract):
    pass


class TestClaims(ClaimContract):
    pass


class TestFences(FenceContract):
    pass


class TestControl(ControlContract):
    pass
