"""The plugin's own decryption of HLS segments gives what AES gives."""

import random

import pytest
from yt_dlp.aes import aes_cbc_decrypt, aes_cbc_encrypt_bytes

from boss_bot_ytdlp._decryption import decrypt

# NIST SP 800-38A, F.2.2: CBC-AES128.Decrypt
KEY = bytes.fromhex("2b7e151628aed2a6abf7158809cf4f3c")
IV = bytes(range(16))
ENCRYPTED = bytes.fromhex(
    "7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b2"
    "73bed6b8e3c1743b7116e69e222295163ff1caa1681fac09120eca307586e1a7"
)
PLAIN = bytes.fromhex(
    "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
    "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710"
)


def test_the_blocks_of_the_standard_are_decrypted() -> None:
    assert decrypt(ENCRYPTED, KEY, IV) == PLAIN


@pytest.mark.parametrize("count", [0, 1, 2, 7])
def test_any_number_of_blocks_is_decrypted_as_yt_dlp_does_it(count: int) -> None:
    source = random.Random(count)
    data, key, iv = source.randbytes(16 * count), source.randbytes(16), source.randbytes(16)
    assert decrypt(data, key, iv) == bytes(aes_cbc_decrypt(list(data), list(key), list(iv)))


@pytest.mark.parametrize("size", [24, 32])
def test_a_longer_key_is_left_to_yt_dlp(size: int) -> None:
    key = bytes(range(size))
    encrypted = aes_cbc_encrypt_bytes(PLAIN, key, IV)
    assert decrypt(encrypted, key, IV)[: len(PLAIN)] == PLAIN
