#!/usr/bin/env bash
# lightllm: release=v1.2.0
#
# The PD master of DeepSeek-R1, on 10.0.1.30, which needs no GPU. The nodes are in prefill.sh and decode.sh.

# It runs no model, but needs the tokenizer. It takes the requests and hands them on.
python -m lightllm.server.api_server \
  --run_mode pd_master \
  --model_dir /models/DeepSeek-R1 \
  --host 10.0.1.30 \
  --port 60011 \
  --reasoning_parser deepseek-r1 \
  --pd_master_mode 1p1d
