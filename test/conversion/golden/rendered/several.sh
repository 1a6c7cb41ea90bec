#!/usr/bin/env bash
# Starts one of: master, prefill.
set -e

case "${1:-}" in
  master)
    # lightllm: release=v1.2.0
    exec python -m lightllm.server.api_server \
      --run_mode pd_master \
      --model_dir /models/R1 \
      --host 10.0.0.1 \
      --port 60011
    ;;
  prefill)
    # lightllm: release=v1.2.0
    # Reads prompts.
    export LOADWORKER=18
    export NODE_NAME="$(hostname)"

    exec python -m lightllm.server.api_server \
      --run_mode prefill \
      --model_dir /models/R1 \
      --host "$(hostname -i)" \
      --port 8019 \
      --pd_master_ip 10.0.0.1 \
      --pd_master_port 60011 \
      --tp 8 \
      ${EXTRA_ARGS}
    ;;
  *)
    echo "usage: $0 NAME, where NAME is one of: master, prefill" >&2
    exit 2
    ;;
esac
