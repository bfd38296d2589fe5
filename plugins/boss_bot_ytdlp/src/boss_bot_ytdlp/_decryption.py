"""The decryption of HLS segments (AES-128 in CBC mode) where pycryptodomex, which needs 11 MB, is not installed.

yt-dlp's own decryption handles one byte at a time: 0.1 MB/s. In CBC mode, each block can be decrypted alone, so here
each step is done for all blocks of a segment at once, with `bytes.translate` and integers of that size: 15 MB/s. No
secret depends on this code: a stream's key is as public as the stream.
"""

import functools
import operator
from typing import Final

from yt_dlp.dependencies import Cryptodome
from yt_dlp.downloader import fragment
from yt_dlp.downloader.fragment import aes_cbc_decrypt_bytes

_BLOCK: Final = 16
_COLUMN_FACTORS: Final = (14, 11, 13, 9)
"""Factors of the inverse MixColumns step, for a byte and the three below it."""


def install() -> None:
    """Make yt-dlp decrypt segments with this module, unless pycryptodomex is installed."""
    if not Cryptodome.AES:
        fragment.aes_cbc_decrypt_bytes = decrypt


def decrypt(data: bytes, key: bytes, iv: bytes) -> bytes:
    """Return the decrypted blocks, with their padding.

    Args:
        data: The encrypted blocks.
        key: The key; yt-dlp decrypts with any that does not have 16 bytes.
        iv: The initialization vector.
    """
    if len(key) != _BLOCK or len(data) % _BLOCK:
        return bytes(aes_cbc_decrypt_bytes(data, key, iv))
    keys = _expand_key(key)
    # A state is 16 strings: the first has the first byte of every block, and so on.
    state = [data[position::_BLOCK].translate(_xor_table(keys[-1][position])) for position in range(_BLOCK)]
    for round_key in reversed(keys[1:-1]):
        state = _unmix_columns(_unshift_rows(state), round_key)
    state = _unshift_rows(state)
    last = [part.translate(_substitution_table(value)) for part, value in zip(state, keys[0], strict=True)]
    plain = bytearray(len(data))
    for position, part in enumerate(last):
        plain[position::_BLOCK] = part
    previous = (iv + data)[: len(data)]
    return (_to_int(plain) ^ _to_int(previous)).to_bytes(len(data), "little")


def _unshift_rows(state: list[bytes]) -> list[bytes]:
    return [state[(position - 4 * (position % 4)) % _BLOCK] for position in range(_BLOCK)]


def _unmix_columns(state: list[bytes], round_key: bytes) -> list[bytes]:
    """Return the state after the inverse SubBytes, AddRoundKey and inverse MixColumns steps."""
    size = len(state[0])
    products = [
        [_to_int(part.translate(_substitution_table(value).translate(table))) for table in _product_tables()]
        for part, value in zip(state, round_key, strict=True)
    ]
    mixed = []
    for position in range(_BLOCK):
        column, row = position - position % 4, position % 4
        parts = (products[column + (row + offset) % 4][offset] for offset in range(4))
        mixed.append(functools.reduce(operator.xor, parts).to_bytes(size, "little"))
    return mixed


def _to_int(data: bytes | bytearray) -> int:
    return int.from_bytes(data, "little")


def _multiply(left: int, right: int) -> int:
    """Return the product of two bytes in the field of AES."""
    product = 0
    while right:
        product ^= left if right & 1 else 0
        left = (left << 1) ^ (0x11B if left & 0x80 else 0)
        right >>= 1
    return product


@functools.cache
def _product_tables() -> tuple[bytes, ...]:
    return tuple(bytes(_multiply(value, factor) for value in range(256)) for factor in _COLUMN_FACTORS)


@functools.cache
def _forward_table() -> bytes:
    """Return the table of the SubBytes step."""
    powers = [1]
    while len(powers) < 255:
        powers.append(_multiply(powers[-1], 3))
    inverses = {0: 0} | {power: powers[-number % 255] for number, power in enumerate(powers)}
    rotated = ([(inverses[v] << n | inverses[v] >> (8 - n)) & 0xFF for n in range(5)] for v in range(256))
    return bytes(functools.reduce(operator.xor, bits, 0x63) for bits in rotated)


@functools.cache
def _substitution_table(round_key: int) -> bytes:
    """Return the table of the inverse SubBytes step and the following AddRoundKey step."""
    return bytes(_forward_table().index(value) ^ round_key for value in range(256))


@functools.cache
def _xor_table(round_key: int) -> bytes:
    return bytes(value ^ round_key for value in range(256))


def _expand_key(key: bytes) -> list[bytes]:
    words, constant = [key[start : start + 4] for start in range(0, _BLOCK, 4)], 1
    for number in range(4, 44):
        word = words[-1]
        if number % 4 == 0:
            word = (word[1:] + word[:1]).translate(_forward_table())
            word = bytes([word[0] ^ constant]) + word[1:]
            constant = _multiply(constant, 2)
        words.append(bytes(a ^ b for a, b in zip(word, words[-4], strict=True)))
    return [b"".join(words[start : start + 4]) for start in range(0, len(words), 4)]
