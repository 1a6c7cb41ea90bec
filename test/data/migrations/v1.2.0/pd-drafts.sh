PORT=28760
MODEL=/data/qwen3.5-27b
COMMON=(
  --model_dir "$MODEL"
  --mem_fraction 0.80
  --quant_type fp8w8a8-pt-sgl
  --mtp_mode eagle_with_att
  --mtp_draft_model_dir "$MODEL"
  --mtp_step 3
  --pd_trans_mode nccl
  --pd_kv_page_size 4096
  --pd_master_ip 10.0.0.2
  --pd_master_port 28760
)

CUDA_VISIBLE_DEVICES=0,1 python -m lightllm.server.api_server "${COMMON[@]}" --run_mode prefill --batch_max_tokens 8192 \
  --enable_cpu_cache --cpu_cache_storage_size 64 --tp 2 --visual_dp 2 --host 10.0.0.2 --port 28761 --nccl_port 29761 &
CUDA_VISIBLE_DEVICES=4,5,6,7 python -m lightllm.server.api_server "${COMMON[@]}" --run_mode decode --batch_max_tokens 256 \
  --graph_max_batch_size 64 --running_max_req_size 64 --tp 4 --host 10.0.0.2 --port 28763 --nccl_port 29763 &
python -m lightllm.server.api_server --model_dir "$MODEL" --run_mode pd_master --pd_master_mode 2p1d --host 10.0.0.2 --port "$PORT"
