#!/bin/bash
# One GPU, a 7B chat model.
python -m lightllm.server.api_server --model_dir /data/llama-2-7b-chat \
    --host 0.0.0.0 \
    --port 8080 \
    --tp 1 \
    --max_total_token_num 120000 \
    --tokenizer_mode auto
