#!/bin/sh
# One machine: the master, GPU 0 prefills, GPU 1 decodes.
python -m lightllm.server.api_server --model_dir /data/qwen2-7b --run_mode "pd_master" --host 10.0.0.4 --port 60011 &

CUDA_VISIBLE_DEVICES=0 KV_TRANS_USE_P2P=1 LOADWORKER=1 python -m lightllm.server.api_server --model_dir /data/qwen2-7b \
--run_mode "prefill" \
--host 10.0.0.4 \
--port 8017 \
--tp 1 \
--nccl_port 2732 \
--max_total_token_num 400000 \
--max_req_total_len 16000 \
--running_max_req_size 128 \
--disable_cudagraph \
--pd_master_ip 10.0.0.4 \
--pd_master_port 60011 &

CUDA_VISIBLE_DEVICES=1 KV_TRANS_USE_P2P=1 LOADWORKER=10 python -m lightllm.server.api_server --model_dir /data/qwen2-7b \
--run_mode "decode" \
--host 10.0.0.4 \
--port 8118 \
--nccl_port 12322 \
--tp 1 \
--max_total_token_num 400000 \
--graph_max_len_in_batch 2048 \
--graph_max_batch_size 16 \
--pd_decode_rpyc_port 42001 \
--pd_master_ip 10.0.0.4 \
--pd_master_port 60011
wait
