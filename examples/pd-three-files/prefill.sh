#!/usr/bin/env bash
# lightllm: release=v1.2.0
#
# The prefill node, on 10.0.1.31 with eight H200. It registers at the PD master, whose script is master.sh.

# Where a proxy is set, it would also get the connection to the PD master, and refuse it.
export NO_PROXY=10.0.1.30,10.0.1.31,10.0.1.32,127.0.0.1,localhost
export no_proxy=$NO_PROXY
export LOADWORKER=18

# CUDA graphs speed up decode, which this node does not do.
python -m lightllm.server.api_server \
  --run_mode prefill \
  --model_dir /models/DeepSeek-R1 \
  --host 10.0.1.31 \
  --port 8019 \
  --nccl_port 2732 \
  --pd_master_ip 10.0.1.30 \
  --pd_master_port 60011 \
  --tp 8 \
  --dp 8 \
  --enable_ep_moe \
  --enable_mps \
  --disable_cudagraph
