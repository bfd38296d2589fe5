"""The processing of one picture: its plan, one act, and the check of what came out."""

from pathlib import Path

from boss_bot_core.plugin import format_size
from boss_bot_media.images.animation_encoder import encode_animation
from boss_bot_media.images.decoders import register_decoders
from boss_bot_media.images.encodings import EXTENSIONS, list_encodings
from boss_bot_media.images.facts import ImageFacts, read_facts
from boss_bot_media.images.metadata import strip_metadata
from boss_bot_media.images.plan import ImageAction, ImagePlan, plan_image
from boss_bot_media.images.result_check import find_decoding_fault, find_fault
from boss_bot_media.images.still_encoder import encode_still
from boss_bot_media.outcome import Outcome, Processed, keep_file
