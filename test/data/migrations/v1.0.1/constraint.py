"""Starts a server that keeps to grammars."""

import subprocess
import sys

MODEL = "/data/Meta-Llama-3.1-8B-Instruct"

command = [
    sys.executable, "-m", "lightllm.server.api_server",
    "--model_dir", MODEL,
    "--port", "8011",
    "--output_constraint_mode", "xgrammar",
    "--tokenizer_mode", "fast",
    "--running_max_req_size", "64",
]
subprocess.run(command, check=True)
