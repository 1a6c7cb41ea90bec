#!/usr/bin/env bash
# lightllm: release=v1.2.0
#
# DeepSeek-R1 as one server over two machines. Start it on both; they wait for each other.
# Node 0, on 10.0.2.20 with eight H100. Requests go here; node 1 is in node-1.sh.

export LOADWORKER=18

# tp counts the GPUs of all nodes. nccl_host and nccl_port are an address of node 0, the same on both.
python -m lightllm.server.api_server \
  --model_dir /models/DeepSeek-R1 \
  --host 0.0.0.0 \
  --port 8088 \
  --tp 16 \
  --nnodes 2 \
  --node_rank 0 \
  --nccl_host 10.0.2.20 \
  --nccl_port 2732 \
  --reasoning_parser deepseek-r1
