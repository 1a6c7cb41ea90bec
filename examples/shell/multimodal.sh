#!/usr/bin/env bash
# lightllm: release=v1.2.0
#
# Models that read images, on two GPUs. LightLLM sees from config.json that a model has a vision part and loads it.
#
#   ./multimodal.sh                             # InternVL, on port 8080
#   ./multimodal.sh qwen-vl                     # Qwen-VL, on port 8089
#   CUDA_VISIBLE_DEVICES=2,3 ./multimodal.sh    # on other GPUs

set -euo pipefail

export CUDA_VISIBLE_DEVICES="${CUDA_VISIBLE_DEVICES:-0,1}"

case "${1:-internvl}" in
  internvl)
    # The tokenizer of InternVL is Python code in model_dir: --trust_remote_code runs it with the rights of the server.
    INTERNVL_IMAGE_LENGTH=256 \
    LOADWORKER=12 \
    python -m lightllm.server.api_server \
      --model_dir /models/InternVL2-8B \
      --trust_remote_code \
      --host 0.0.0.0 \
      --port 8080 \
      --tp 2 \
      --cache_capacity 500 \
      --max_image_token_count 4096
    ;;
  qwen-vl)
    LOADWORKER=18 python -m lightllm.server.api_server \
      --model_dir /models/Qwen3-VL-8B-Instruct \
      --host 0.0.0.0 \
      --port 8089 \
      --tp 2
    ;;
  *)
    echo "usage: $0 [internvl|qwen-vl]" >&2
    exit 2
    ;;
esac
