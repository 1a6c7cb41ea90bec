#!/usr/bin/env bash
# lightllm: release=v1.2.0
#
# The decode node, on 10.0.1.32 with eight H200. Model, tp and dp are those of prefill.sh.

export NO_PROXY=10.0.1.30,10.0.1.31,10.0.1.32,127.0.0.1,localhost
export no_proxy=$NO_PROXY
export LOADWORKER=18

python -m lightllm.server.api_server \
  --run_mode decode \
  --model_dir /models/DeepSeek-R1 \
  --host 10.0.1.32 \
  --port 8121 \
  --nccl_port 12322 \
  --pd_master_ip 10.0.1.30 \
  --pd_master_port 60011 \
  --tp 8 \
  --dp 8 \
  --enable_ep_moe \
  --enable_mps
