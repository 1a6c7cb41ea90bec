# DeepSeek-R1 on one H200 node, attention by data, experts by GPU.
nvidia-cuda-mps-control -d
MOE_MODE=EP NUM_MAX_DISPATCH_TOKENS_PER_RANK=128 LOADWORKER=18 python -m lightllm.server.api_server --port 8088 \
--model_dir /data/DeepSeek-R1 \
--tp 8 \
--dp 8 \
--enable_fa3 \
--enable_prefill_microbatch_overlap \
--enable_decode_microbatch_overlap
