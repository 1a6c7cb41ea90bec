#!/usr/bin/env bash
# lightllm: release=v1.2.0
#
# The deployment of pd-single-master.sh with two PD masters, all of it started from one machine, 10.0.0.40. Put a load
# balancer in front of the masters.
#
#   10.0.0.40:60088  config server    config-server.log
#   10.0.0.40:60011  PD master 1      master-1.log
#   10.0.0.40:60012  PD master 2      master-2.log
#   10.0.0.41:8019   prefill          prefill.log, on that machine
#   10.0.0.42:8121   decode           decode.log, on that machine

set -euo pipefail

PYTHON="${PYTHON:-python3}"
MODEL_DIR="${MODEL_DIR:-/models/DeepSeek-R1}"
CONFIG_SERVER_HOST="${CONFIG_SERVER_HOST:-10.0.0.40}"
CONFIG_SERVER_PORT="${CONFIG_SERVER_PORT:-60088}"
PREFILL_HOST="${PREFILL_HOST:-10.0.0.41}"
DECODE_HOST="${DECODE_HOST:-10.0.0.42}"

# The masters register here, and here the nodes find them.
nohup "$PYTHON" -m lightllm.server.api_server \
  --run_mode config_server \
  --config_server_host "$CONFIG_SERVER_HOST" \
  --config_server_port "$CONFIG_SERVER_PORT" > config-server.log 2>&1 &

MASTER_ARGS=(--run_mode pd_master --model_dir "$MODEL_DIR" --host "$CONFIG_SERVER_HOST" --reasoning_parser deepseek-r1)
MASTER_ARGS+=(--config_server_host "$CONFIG_SERVER_HOST" --config_server_port "$CONFIG_SERVER_PORT")

# Both are on one machine, so each needs a port of its own.
nohup "$PYTHON" -m lightllm.server.api_server "${MASTER_ARGS[@]}" --port 60011 > master-1.log 2>&1 &
nohup "$PYTHON" -m lightllm.server.api_server "${MASTER_ARGS[@]}" --port 60012 > master-2.log 2>&1 &

ssh "$PREFILL_HOST" bash -s <<EOF
  LOADWORKER=18 nohup $PYTHON -m lightllm.server.api_server \
    --run_mode prefill \
    --model_dir $MODEL_DIR \
    --host $PREFILL_HOST \
    --port 8019 \
    --nccl_port 2732 \
    --config_server_host $CONFIG_SERVER_HOST \
    --config_server_port $CONFIG_SERVER_PORT \
    --tp 8 \
    --dp 8 \
    --enable_ep_moe \
    --disable_cudagraph \
    --enable_mps > prefill.log 2>&1 &
EOF

ssh "$DECODE_HOST" bash -s <<EOF
  LOADWORKER=18 nohup $PYTHON -m lightllm.server.api_server \
    --run_mode decode \
    --model_dir $MODEL_DIR \
    --host $DECODE_HOST \
    --port 8121 \
    --nccl_port 12322 \
    --config_server_host $CONFIG_SERVER_HOST \
    --config_server_port $CONFIG_SERVER_PORT \
    --tp 8 \
    --dp 8 \
    --enable_ep_moe \
    --enable_mps > decode.log 2>&1 &
EOF
