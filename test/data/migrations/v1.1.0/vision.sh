python -m lightllm.server.api_server --model_dir /data/InternVL3-38B --tp 4 \
  --enable_multimodal --visual_tp 2 --visual_gpu_ids 0 1 --visual_nccl_ports 29500 \
  --vit_quant_type vllm-w8a8 --disable_custom_allreduce --trust_remote_code \
  --cache_capacity 500 --visual_infer_batch_size 4
