"""A tiny cross-encoder of our own making: a real model with few and random weights."""

from pathlib import Path

import torch
from transformers import BertConfig, BertForSequenceClassification, BertTokenizer

_WORDS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"abcdefghijklmnopqrstuvwxyz")


def save(folder: Path) -> Path:
    """Write the model into a folder; it is the same each time."""
    pieces = [*_WORDS, *(f"##{letter}" for letter in _WORDS[5:])]
    tokenizer = BertTokenizer(vocab={piece: n for n, piece in enumerate(pieces)})
    tokenizer.save_pretrained(folder)
    torch.manual_seed(7)
    config = BertConfig(
        vocab_size=len(pieces),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        initializer_range=0.5,
    )
    config.num_labels = 1
    BertForSequenceClassification(config).save_pretrained(folder)
    return folder
